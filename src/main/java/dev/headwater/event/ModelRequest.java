package dev.headwater.event;

/** What a record on the {@code commands} topic asks for. */
public sealed interface ModelRequest permits ModelCommand, SnapshotImport {
  /** Makes it idempotent. */
  String id();

  /** The model's name. */
  String model();
}
