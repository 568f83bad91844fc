package dev.headwater.backbone;

/** Listener of a long task's progress: a command line draws a bar, a service logs. */
public interface Progress {
  /** A listener that ignores everything. */
  Progress NONE =
      new Progress() {
        @Override
        public void update(String what, long done, long total) {}

        @Override
        public void say(String sentence) {}
      };

  /**
   * Reports how far a task is.
   *
   * @param what the task, such as {@code downloading mobilenet_v2}
   * @param done bytes so far
   * @param total bytes in all, or -1 while that is unknown
   */
  void update(String what, long done, long total);

  /** Reports one sentence: what was chosen, and why something else was not. */
  void say(String sentence);
}
