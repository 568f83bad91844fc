package dev.headwater.image;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers the transforms of the profiles seen last, since cameras and editors embed the same few.
 * Thread-safe.
 */
final class ProfileCache {
  private static final int CAPACITY = 16;

  private final Map<ProfileBytes, ProfileTransform> transforms =
      new LinkedHashMap<>(CAPACITY, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ProfileBytes, ProfileTransform> eldest) {
          return size() > CAPACITY;
        }
      };

  /** Returns the profile's transform to sRGB, or nothing for a profile that cannot be used. */
  synchronized Optional<ProfileTransform> transformOf(ProfileBytes profile) {
    var transform = transforms.computeIfAbsent(profile, ProfileTransform::of);
    return transform.isUsable() ? Optional.of(transform) : Optional.empty();
  }
}
