package dev.headwater.stream;

import static dev.headwater.event.ErrorCode.MODEL_LIMIT;
import static dev.headwater.event.ErrorCode.MODEL_UNKNOWN;

import dev.headwater.event.RejectedException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The models that this instance answers for: those configured, and, where that is allowed, those
 * that events have named since it started.
 */
public final class ModelCatalog {
  private final Map<String, ModelSettings> models = new ConcurrentHashMap<>();
  private final boolean autoCreate;
  private final int limit;

  /**
   * @param autoCreate whether an event may name a model that is not configured
   * @param limit most models, configured or not, that may be created on sight
   */
  public ModelCatalog(Collection<ModelSettings> configured, boolean autoCreate, int limit) {
    configured.forEach(model -> models.put(model.name(), model));
    this.autoCreate = autoCreate;
    this.limit = limit;
  }

  /** Returns a model's settings, whether it has been seen or not; never creates one. */
  public ModelSettings settings(String name) {
    var known = models.get(name);
    return known == null ? ModelSettings.unconfigured(name) : known;
  }

  /**
   * Returns the settings of the model that an event names; creates it where that is allowed.
   *
   * @throws RejectedException if it is unknown and may not be created
   */
  public ModelSettings admit(String name) throws RejectedException {
    var known = models.get(name);
    return known == null ? create(name) : known;
  }

  private synchronized ModelSettings create(String name) throws RejectedException {
    if (!autoCreate) {
      throw new RejectedException(
          MODEL_UNKNOWN,
          "model '%s' is not configured, expected one of %s".formatted(name, models.keySet()));
    }
    if (models.size() >= limit) {
      throw new RejectedException(
          MODEL_LIMIT,
          "model '%s' would be one more than the %d allowed (headwater.models.limit)"
              .formatted(name, limit));
    }
    return models.computeIfAbsent(name, ModelSettings::unconfigured);
  }
}
