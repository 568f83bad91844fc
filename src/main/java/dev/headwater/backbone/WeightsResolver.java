package dev.headwater.backbone;

import dev.headwater.backbone.BackboneId.Quality;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the backbone's weights: the configured file; else the cache, Keras' published file, and at
 * last a stand-in of reduced quality from npm. Says which it took and why not an earlier one.
 */
public final class WeightsResolver {
  private final WeightsSettings settings;
  private final WeightsCache cache;
  private final NpmPackage standIn;

  public WeightsResolver(WeightsSettings settings) {
    this(settings, NsfwjsModel.PACKAGE);
  }

  WeightsResolver(WeightsSettings settings, NpmPackage standIn) {
    this.settings = settings;
    this.cache = new WeightsCache(settings.cache());
    this.standIn = standIn;
  }

  /**
   * Returns the first weights that can be had.
   *
   * @throws WeightsException if the configured file cannot be used, or nothing can be had
   */
  public ResolvedWeights resolve(Progress progress) {
    if (settings.file().isPresent()) {
      return took(ResolvedWeights.read(settings.file().get(), "the configured file"), progress);
    }
    return cached(WeightsCache.KERAS, progress)
        .or(() -> cached(WeightsCache.STAND_IN, progress))
        .map(weights -> took(weights, progress))
        .orElseGet(() -> fetch(progress));
  }

  /**
   * Fetches weights anew into the cache, whatever it holds: the way from a stand-in to Keras' file.
   *
   * @throws WeightsException if nothing can be fetched; the cache is then as it was
   */
  public ResolvedWeights fetch(Progress progress) {
    List<String> refusals = new ArrayList<>();
    return attempt(refusals, progress, () -> download(progress))
        .or(() -> attempt(refusals, progress, () -> fetchStandIn(progress)))
        .map(weights -> took(weights, progress))
        .orElseThrow(
            () -> new WeightsException("no weights to be had: " + String.join("; ", refusals)));
  }

  private Optional<ResolvedWeights> cached(String name, Progress progress) {
    Path file = cache.file(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(ResolvedWeights.read(file, "the cache"));
    } catch (WeightsException e) {
      progress.say("the cached weights cannot be used and are replaced: " + e.getMessage());
      return Optional.empty();
    }
  }

  private ResolvedWeights download(Progress progress) {
    var download = new KerasDownload(settings.url(), settings.connectLimit(), progress);
    return cache.store(WeightsCache.KERAS, "Keras' published file " + settings.url(), download::to);
  }

  private ResolvedWeights fetchStandIn(Progress progress) {
    var fetch = new NsfwjsFetch(standIn, settings.npm(), settings.npmLimit(), progress);
    return cache.store(WeightsCache.STAND_IN, "the npm package " + standIn.spec(), fetch::to);
  }

  private interface Source {
    ResolvedWeights fetch();
  }

  private static Optional<ResolvedWeights> attempt(
      List<String> refusals, Progress progress, Source source) {
    try {
      return Optional.of(source.fetch());
    } catch (WeightsException e) {
      refusals.add(e.getMessage());
      progress.say(e.getMessage());
      return Optional.empty();
    }
  }

  private static ResolvedWeights took(ResolvedWeights weights, Progress progress) {
    String quality =
        weights.quality() == Quality.REDUCED
            ? " (reduced quality: fine-tuned on another task, 8-bit)"
            : "";
    progress.say(
        "weights taken from %s: %s%s".formatted(weights.origin(), weights.file(), quality));
    return weights;
  }
}
