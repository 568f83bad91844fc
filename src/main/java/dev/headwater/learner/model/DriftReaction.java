package dev.headwater.learner.model;

/** What drift that was found leads to, beside the event that tells of it. */
public enum DriftReaction {
  /** Nothing else. */
  REPORT,
  /**
   * For a while the learner leans towards the domain in which it was found, and follows each label
   * more closely.
   */
  ADAPT
}
