package dev.headwater.event;

import java.util.Arrays;

/**
 * A head to import as a version of a model and put into service.
 *
 * @param id makes the import idempotent
 * @param model the model's name
 * @param file safetensors, not yet looked at
 */
public record SnapshotImport(String id, String model, byte[] file) implements ModelRequest {
  /** The CloudEvents type of a record whose value is the file. */
  public static final String TYPE = "dev.headwater.snapshot.v1";

  /** Most bytes: with what is written around it, it is still a record that Kafka takes. */
  public static final int LARGEST = (1 << 20) - (8 << 10);

  @Override
  public boolean equals(Object other) {
    return other instanceof SnapshotImport that
        && id.equals(that.id)
        && model.equals(that.model)
        && Arrays.equals(file, that.file);
  }

  @Override
  public int hashCode() {
    return id.hashCode() * 31 + Arrays.hashCode(file);
  }
}
