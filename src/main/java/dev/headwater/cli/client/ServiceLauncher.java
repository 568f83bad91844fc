package dev.headwater.cli.client;

/** Starts broker and service inside this process, for {@code headwater demo}. */
public interface ServiceLauncher {
  /**
   * Starts both and returns once the service is ready.
   *
   * @throws CommandFailedException if it cannot start, with the sentence that says why
   */
  RunningService start(ServiceSettings settings, Console console);
}
