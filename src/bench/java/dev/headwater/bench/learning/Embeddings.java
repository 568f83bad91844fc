package dev.headwater.bench.learning;

import dev.headwater.backbone.BackboneId;
import dev.headwater.backbone.Embedder;
import dev.headwater.backbone.Embedding;
import dev.headwater.backbone.MobileNetV2;
import dev.headwater.bench.backbone.OpenBackbone;
import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.cli.client.Console;
import dev.headwater.cli.client.ProgressDisplay;
import dev.headwater.cli.produce.LabelledFile;
import dev.headwater.cli.produce.SendPlan;
import dev.headwater.image.ImageDecoder;
import dev.headwater.image.ImageLimits;
import dev.headwater.image.ImageRejectedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Embeds images as the service does, each once, and remembers all of them: 5 kB an image.
 *
 * <p>A file that is no image is left out and said so once.
 */
final class Embeddings implements AutoCloseable {
  private final Console console;
  private final MobileNetV2 backbone;
  private final ImageDecoder decoder;
  private final Embedder embedder;
  private final Map<Path, Optional<Embedding>> known = new HashMap<>();

  private Embeddings(Console console, MobileNetV2 backbone) {
    this.console = console;
    this.backbone = backbone;
    decoder = new ImageDecoder(ImageLimits.DEFAULT, backbone.inputSize(), backbone.inputSize());
    embedder = backbone.newEmbedder();
  }

  /** Opens the backbone with the weights of a file, or for {@code auto} those that can be found. */
  static Embeddings open(Console console, String weights) {
    return new Embeddings(console, OpenBackbone.of(console, weights));
  }

  BackboneId backbone() {
    return backbone.id();
  }

  int size() {
    return backbone.embeddingSize();
  }

  /** Returns the images of a plan in its order, those that cannot be decoded left out. */
  List<StreamItem> items(String stream, SendPlan plan) {
    var items = new ArrayList<StreamItem>();
    long unknown = plan.files().stream().filter(file -> !known.containsKey(file.path())).count();
    try (var progress = ProgressDisplay.start(console, "embedding " + stream, unknown)) {
      for (LabelledFile file : plan.files()) {
        if (!known.containsKey(file.path())) {
          known.put(file.path(), embed(file.path()));
          progress.step();
        }
        boolean positive = file.className().equals(plan.positive());
        known
            .get(file.path())
            .map(e -> new StreamItem(file.path().toString(), e, positive, file.domain()))
            .ifPresent(items::add);
      }
    }
    return items;
  }

  private Optional<Embedding> embed(Path file) {
    try {
      return Optional.of(embedder.embed(decoder.decode(Files.readAllBytes(file))));
    } catch (ImageRejectedException e) {
      console.say("%s is left out: %s".formatted(file, e.getMessage()));
      return Optional.empty();
    } catch (IOException e) {
      throw new CommandFailedException("cannot read %s: %s".formatted(file, e), e);
    }
  }

  @Override
  public void close() {
    embedder.close();
  }
}
