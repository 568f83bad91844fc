package dev.headwater.backbone;

import dev.headwater.backbone.Step.Convolution;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Builds a package of the shape of nsfwjs 4.4.0, with random weights in 8 bits. */
final class NsfwjsTarball {
  private static final String FOLDER = "package/dist/models/mobilenet_v2/";

  private NsfwjsTarball() {}

  static byte[] bytes(long seed) {
    var manifest = new StringBuilder();
    var shard = new ByteArrayOutputStream();
    var random = new Random(seed);
    for (Entry entry : entries()) {
      manifest.append(manifest.isEmpty() ? "" : ",").append(entry.json());
      byte[] values = new byte[entry.size()];
      random.nextBytes(values);
      shard.writeBytes(values);
    }
    String model =
        "a.exports={modelTopology:{name:\"x\"},weightsManifest:[{paths:[\"group1-shard1of1\"],weights:["
            + manifest
            + "]}]}";
    String data = Base64.getEncoder().encodeToString(shard.toByteArray());
    return tarball(model, "e.exports=\"" + data + "\"");
  }

  private record Entry(String name, List<Integer> shape, double min, double scale) {
    int size() {
      return shape.stream().reduce(1, (a, b) -> a * b);
    }

    String json() {
      return "{name:\"%s\",shape:%s,dtype:\"float32\",quantization:{min:%s,scale:%s,dtype:\"uint8\"}}"
          .formatted(name, shape.toString().replace(" ", ""), short0(min), short0(scale));
    }

    /** Minified JavaScript drops the zero before the point. */
    private static String short0(double value) {
      return Double.toString(value).replace("0.", ".");
    }
  }

  private static List<Entry> entries() {
    var entries = new ArrayList<Entry>();
    entries.add(new Entry("dense_1/kernel", List.of(4, 2), 0, 1));
    for (Convolution step : MobileNetV2Architecture.CONVOLUTIONS) {
      var vector = List.of(step.channels());
      String kernel = step.depthwise() ? "/depthwise_kernel" : "/kernel";
      entries.add(new Entry(step.name() + kernel, step.kerasKernelShape(), -0.5, 0.00390625));
      entries.add(new Entry(step.batchNorm() + "/gamma", vector, 0.25, 0.0078125));
      entries.add(new Entry(step.batchNorm() + "/beta", vector, -0.5, 0.0078125));
      entries.add(new Entry(step.batchNorm() + "/moving_mean", vector, -0.5, 0.00390625));
      entries.add(new Entry(step.batchNorm() + "/moving_variance", vector, 0, 0.0078125));
    }
    return entries;
  }

  static byte[] tarball(String model, String shard) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      add(out, "package/package.json", "{}");
      add(out, FOLDER + "group1-shard1of1.min.js", shard);
      add(out, FOLDER + "model.min.js", model);
      out.write(new byte[1024]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void add(GZIPOutputStream out, String name, String text) throws IOException {
    byte[] content = text.getBytes(StandardCharsets.ISO_8859_1);
    byte[] header = Arrays.copyOf(name.getBytes(StandardCharsets.ISO_8859_1), 512);
    byte[] size = "%011o".formatted(content.length).getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(size, 0, header, 124, size.length);
    out.write(header);
    out.write(content);
    out.write(new byte[(512 - content.length % 512) % 512]);
  }
}
