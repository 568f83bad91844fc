package dev.headwater.learner.model;

import static dev.headwater.event.ErrorCode.MODEL_LIMIT;
import static dev.headwater.event.ErrorCode.MODEL_UNKNOWN;

import dev.headwater.event.ImageEvent;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.event.RejectedException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The models that this instance answers for: those configured, the default one, those that have a
 * head in service, and, where that is allowed, those that usable images have named since it
 * started. Thread-safe.
 */
public final class ModelCatalog {
  private final Map<String, ModelSettings> configured;
  private final Set<String> quota = ConcurrentHashMap.newKeySet();
  private final boolean autoCreate;
  private final int limit;
  private final PromotionPolicy policy;

  /** Models that are not configured promote continuously. */
  public ModelCatalog(Collection<ModelSettings> configured, boolean autoCreate, int limit) {
    this(configured, autoCreate, limit, PromotionPolicy.CONTINUOUS);
  }

  /**
   * @param autoCreate whether an event may name a model that is not configured
   * @param limit most models without a head in service, configured or not
   * @param policy of models that are not configured
   */
  public ModelCatalog(
      Collection<ModelSettings> configured, boolean autoCreate, int limit, PromotionPolicy policy) {
    this.policy = policy;
    this.configured =
        configured.stream().collect(Collectors.toMap(ModelSettings::name, Function.identity()));
    this.autoCreate = autoCreate;
    this.limit = limit;
    quota.addAll(this.configured.keySet());
  }

  /** Returns a model's settings, configured or not. */
  public ModelSettings settings(String name) {
    var known = configured.get(name);
    return known == null ? ModelSettings.unconfigured(name, policy) : known;
  }

  /**
   * Returns the settings of the model that an event names.
   *
   * @throws RejectedException if it is not configured and may not be created
   */
  public ModelSettings admit(String name) throws RejectedException {
    if (!autoCreate && !configured.containsKey(name)) {
      throw new RejectedException(
          MODEL_UNKNOWN,
          "model '%s' is not configured, expected one of %s".formatted(name, configured.keySet()));
    }
    return settings(name);
  }

  /**
   * Admits a model whose first head is imported: of those that are not configured, no more than the
   * limit.
   *
   * @param models how many there are
   * @throws RejectedException if it is one too many, or may not be created
   */
  public void admitImport(String name, int models) throws RejectedException {
    admit(name);
    if (!configured.containsKey(name) && models >= limit) {
      throw new RejectedException(
          MODEL_LIMIT,
          "model '%s' is not configured, and there are %d already (headwater.models.limit)"
              .formatted(name, models));
    }
  }

  /**
   * Reserves a slot of the quota for a model without a head, once its first image has proved
   * usable: images that cannot be used must not keep out those that can.
   *
   * @throws RejectedException if the quota is used up
   */
  public void reserveModelSlot(String name) throws RejectedException {
    if (!quota.contains(name) && !name.equals(ImageEvent.DEFAULT_MODEL)) {
      reserveNewSlot(name);
    }
  }

  private synchronized void reserveNewSlot(String name) throws RejectedException {
    if (!quota.contains(name) && quota.size() >= limit) {
      throw new RejectedException(
          MODEL_LIMIT,
          "model '%s' would be one more than the %d allowed (headwater.models.limit)"
              .formatted(name, limit));
    }
    quota.add(name);
  }
}
