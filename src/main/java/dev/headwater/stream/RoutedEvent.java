package dev.headwater.stream;

/**
 * An event that has been read: where its image is at home, or elsewhere.
 *
 * @param <E> the event
 */
sealed interface RoutedEvent<E> {

  /** The event is taken here; unreadable ones are refused anywhere. */
  record Here<E>(Attempt<E> attempt) implements RoutedEvent<E> {}

  /** The record has to be moved to where its image is at home, and is read again there. */
  record Elsewhere<E>(String imageId, Origin origin) implements RoutedEvent<E> {}
}
