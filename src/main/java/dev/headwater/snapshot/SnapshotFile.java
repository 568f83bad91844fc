package dev.headwater.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.headwater.head.DenseHead;
import dev.headwater.head.HeadParameters;
import dev.headwater.snapshot.Safetensors.Tensor;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes snapshots as safetensors files and reads them back.
 *
 * <p>Four tensors in Keras' layout: {@code dense/kernel [inputs, hidden]}, {@code dense/bias
 * [hidden]}, {@code dense_1/kernel [hidden, 1]}, {@code dense_1/bias [1]}. Metadata as in
 * docs/snapshots.md; no Java serialisation.
 */
public final class SnapshotFile {
  private static final String FORMAT = "headwater-head";
  private static final String FORMAT_VERSION = "1";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private SnapshotFile() {}

  /** Returns the file's bytes; the same snapshot gives the same bytes. */
  public static byte[] write(Snapshot snapshot) {
    return new Safetensors(metadata(snapshot), tensors(snapshot.head().parameters())).write();
  }

  private static Map<String, String> metadata(Snapshot snapshot) {
    var metadata = new LinkedHashMap<String, String>();
    metadata.put("format", FORMAT);
    metadata.put("format_version", FORMAT_VERSION);
    metadata.put("model", snapshot.model());
    metadata.put("version", Long.toString(snapshot.version()));
    metadata.put("parent", Long.toString(snapshot.parent()));
    metadata.put("backbone", snapshot.backbone());
    metadata.put("backbone_quality", snapshot.reducedQuality() ? "reduced" : "full");
    metadata.put("classes", json(snapshot.classes()));
    metadata.put("threshold", Double.toString(snapshot.threshold()));
    metadata.put("examples", Long.toString(snapshot.examples()));
    snapshot.accuracy().ifPresent(a -> metadata.put("accuracy", Double.toString(a)));
    snapshot.windowAccuracy().ifPresent(a -> metadata.put("window_accuracy", Double.toString(a)));
    metadata.put("created_at", snapshot.createdAt().toString());
    metadata.put("created_by", snapshot.createdBy());
    return metadata;
  }

  private static String json(List<String> classes) {
    try {
      return MAPPER.writeValueAsString(classes);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a list of strings is always writable as JSON", e);
    }
  }

  private static Map<String, Tensor> tensors(HeadParameters parameters) {
    int hidden = parameters.hidden();
    var tensors = new LinkedHashMap<String, Tensor>();
    tensors.put(
        "dense/kernel",
        new Tensor(new int[] {parameters.inputs(), hidden}, parameters.copyOfKernel()));
    tensors.put("dense/bias", new Tensor(new int[] {hidden}, parameters.copyOfBias()));
    tensors.put(
        "dense_1/kernel", new Tensor(new int[] {hidden, 1}, parameters.copyOfOutputKernel()));
    tensors.put("dense_1/bias", new Tensor(new int[] {1}, new float[] {parameters.outputBias()}));
    return tensors;
  }

  /**
   * Reads a file.
   *
   * @throws SnapshotException if it is no safetensors file, of another format or version, lacks a
   *     tensor or a field, or has a value that is not finite
   */
  public static Snapshot read(byte[] file) throws SnapshotException {
    var contents = Safetensors.read(file);
    var fields = new MetadataFields(contents.metadata());
    fields.requireFormat(FORMAT, FORMAT_VERSION);
    try {
      return new Snapshot(
          fields.text("model"),
          fields.number("version"),
          fields.number("parent"),
          fields.text("backbone"),
          fields.text("backbone_quality").equals("reduced"),
          classes(fields.text("classes")),
          fields.real("threshold"),
          fields.number("examples"),
          fields.optionalReal("accuracy"),
          fields.optionalReal("window_accuracy"),
          createdAt(fields.text("created_at")),
          fields.text("created_by"),
          head(contents.tensors()));
    } catch (IllegalArgumentException e) {
      throw new SnapshotException(e.getMessage(), e);
    }
  }

  /**
   * Reads a head to import: a file of ours, or one with the same four tensors that says at least
   * which backbone it is for, in its metadata {@code backbone}.
   *
   * @throws SnapshotException if it is no safetensors file, lacks a tensor or the backbone, or has
   *     a value that is not finite or of another form
   */
  public static ImportedHead readImport(byte[] file) throws SnapshotException {
    var contents = Safetensors.read(file);
    var fields = new MetadataFields(contents.metadata());
    if (fields.has("format")) {
      fields.requireFormat(FORMAT, FORMAT_VERSION);
    }
    if (!fields.has("backbone")) {
      throw new SnapshotException(
          "no metadata 'backbone' in the file, expected the fingerprint of the backbone whose embeddings the head was trained on, as GET /api/models tells it");
    }
    try {
      return new ImportedHead(
          fields.text("backbone"),
          fields.has("classes") ? Optional.of(classes(fields.text("classes"))) : Optional.empty(),
          fields.optionalReal("threshold"),
          fields.has("examples") ? fields.number("examples") : 0,
          fields.optionalShare("accuracy"),
          fields.optionalShare("window_accuracy"),
          head(contents.tensors()));
    } catch (IllegalArgumentException e) {
      throw new SnapshotException(e.getMessage(), e);
    }
  }

  private static Instant createdAt(String text) throws SnapshotException {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new SnapshotException(
          "metadata 'created_at' is '%s', expected ISO 8601 in UTC".formatted(text), e);
    }
  }

  private static List<String> classes(String text) throws SnapshotException {
    try {
      return List.of(MAPPER.readValue(text, String[].class));
    } catch (JsonProcessingException | NullPointerException e) {
      throw new SnapshotException(
          "metadata 'classes' is '%s', expected a JSON array of strings".formatted(text), e);
    }
  }

  private static DenseHead head(Map<String, Tensor> tensors) throws SnapshotException {
    float[] kernel = tensor(tensors, "dense/kernel", -1, DenseHead.HIDDEN);
    float[] bias = tensor(tensors, "dense/bias", DenseHead.HIDDEN);
    float[] outputKernel = tensor(tensors, "dense_1/kernel", DenseHead.HIDDEN, 1);
    float[] outputBias = tensor(tensors, "dense_1/bias", 1);
    return new DenseHead(new HeadParameters(kernel, bias, outputKernel, outputBias[0]));
  }

  /** Returns a tensor's values; -1 in the shape stands for any size. */
  private static float[] tensor(Map<String, Tensor> tensors, String name, int... shape)
      throws SnapshotException {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new SnapshotException(
          "no tensor '%s' in the file, which has %s".formatted(name, tensors.keySet()));
    }
    boolean fits = tensor.shape().length == shape.length;
    for (int i = 0; fits && i < shape.length; i++) {
      fits = shape[i] == -1 || shape[i] == tensor.shape()[i];
    }
    if (!fits) {
      throw new SnapshotException(
          "tensor '%s' has shape %s, expected %s"
              .formatted(
                  name,
                  Arrays.toString(tensor.shape()),
                  Arrays.toString(shape).replace("-1", "inputs")));
    }
    return tensor.values();
  }

  /** The metadata of a file, with sentences for what is missing or wrong. */
  private record MetadataFields(Map<String, String> metadata) {
    void requireFormat(String format, String version) throws SnapshotException {
      if (!format.equals(metadata.get("format"))) {
        throw new SnapshotException(
            "metadata 'format' is '%s', expected '%s'".formatted(metadata.get("format"), format));
      }
      if (!version.equals(metadata.get("format_version"))) {
        throw new SnapshotException(
            "unknown snapshot format %s: this build reads %s"
                .formatted(metadata.get("format_version"), version));
      }
    }

    boolean has(String name) {
      return metadata.containsKey(name);
    }

    String text(String name) throws SnapshotException {
      String value = metadata.get(name);
      if (value == null) {
        throw new SnapshotException("no metadata '%s' in the file".formatted(name));
      }
      return value;
    }

    long number(String name) throws SnapshotException {
      try {
        return Long.parseLong(text(name));
      } catch (NumberFormatException e) {
        throw new SnapshotException(
            "metadata '%s' is '%s', expected a whole number".formatted(name, text(name)), e);
      }
    }

    double real(String name) throws SnapshotException {
      try {
        return Double.parseDouble(text(name));
      } catch (NumberFormatException e) {
        throw new SnapshotException(
            "metadata '%s' is '%s', expected a number".formatted(name, text(name)), e);
      }
    }

    /** A number from 0 to 1. */
    Optional<Double> optionalShare(String name) throws SnapshotException {
      var share = optionalReal(name);
      if (share.isPresent() && !(share.get() >= 0 && share.get() <= 1)) {
        throw new SnapshotException(
            "metadata '%s' is %s, expected 0 to 1".formatted(name, share.get()));
      }
      return share;
    }

    Optional<Double> optionalReal(String name) throws SnapshotException {
      return metadata.containsKey(name) ? Optional.of(real(name)) : Optional.empty();
    }
  }
}
