package dev.headwater.cli.serve;

import dev.headwater.backbone.BackboneException;
import dev.headwater.backbone.BackboneId;
import dev.headwater.backbone.BackboneProof;
import dev.headwater.backbone.Engine;
import dev.headwater.backbone.MobileNetV2;
import dev.headwater.backbone.ResolvedWeights;
import dev.headwater.backbone.WeightsResolver;
import dev.headwater.backbone.WeightsSettings;
import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.cli.client.Context;
import dev.headwater.event.Json;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code headwater weights}: finds, fetches and proves the backbone's weights. */
@Command(
    name = "weights",
    description = {
      "Finds the backbone's weights, downloads them if necessary, verifies them, and prints which"
          + " they are.",
      "",
      "In this order: the file given; the cache ($XDG_CACHE_HOME/headwater); Keras' published"
          + " file; the npm package nsfwjs, a stand-in of reduced quality.",
      ""
    })
public final class WeightsCommand implements Callable<Integer> {
  private final Context context;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "A Keras HDF5 file of MobileNetV2. Environment: HEADWATER_WEIGHTS.",
      defaultValue = "${env:HEADWATER_WEIGHTS:-auto}")
  private String weights;

  @Option(names = "--fetch", description = "Download again, whatever is in the cache.")
  private boolean fetch;

  @Option(names = "--json", description = "Print the result as one JSON object, nothing else.")
  private boolean json;

  /** A command that prints to the console of {@code context}. */
  public WeightsCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try {
      var resolver = new WeightsResolver(WeightsSettings.of(System.getenv()).withFile(weights));
      var progress = new StartProgress(context.console());
      print(fetch ? resolver.fetch(progress) : resolver.resolve(progress));
      return 0;
    } catch (BackboneException e) {
      throw new CommandFailedException(e.getMessage(), e);
    }
  }

  private void print(ResolvedWeights found) {
    var backbone = MobileNetV2.of(found, Engine.ONNX);
    BackboneProof.prove(backbone);
    var id = backbone.id();
    var facts = new LinkedHashMap<String, Object>();
    facts.put("file", found.file().toString());
    facts.put("origin", found.origin());
    facts.put("backbone", id.name());
    facts.put("fingerprint", id.fingerprint());
    facts.put("quality", id.quality().name().toLowerCase(Locale.ROOT));
    context.console().print(json ? Json.text(facts) : text(facts));
    if (id.quality() == BackboneId.Quality.REDUCED) {
      context.console().say("REDUCED QUALITY: a stand-in; give Keras' file with --weights");
    }
  }

  private static String text(Map<String, Object> facts) {
    var text = new StringBuilder();
    facts.forEach((name, value) -> text.append("%-12s %s%n".formatted(name, value)));
    return text.toString().stripTrailing();
  }
}
