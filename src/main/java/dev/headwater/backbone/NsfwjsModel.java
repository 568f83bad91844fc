package dev.headwater.backbone;

import dev.headwater.backbone.KerasWeights.Layer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The MobileNetV2 in the npm package nsfwjs 4.4.0 (MIT): a Keras layers-model for TensorFlow.js,
 * its weights in 8 bits a tensor, its blocks 11 to 16 fine-tuned on another task. It stands in
 * where Keras' own file cannot be had. The package is JavaScript; it is read as text and never run.
 */
final class NsfwjsModel {
  static final NpmPackage PACKAGE =
      new NpmPackage(
          "nsfwjs",
          "4.4.0",
          "sha512-krC1fgeTLXtZwgdpKJ0jm7hqv0gTSRQQRL+FhOaxaJ9Wj92t42BO3csO2odwgTAgZgf2RvkwPtp0R8Aa7dc+MA==");

  /** What the model was trained with: inputs from 0 to 1. */
  static final Preprocessing PREPROCESSING = Preprocessing.UNIT;

  private static final String FOLDER = "package/dist/models/mobilenet_v2/";
  private static final String MODEL = FOLDER + "model.min.js";
  private static final String SHARD = FOLDER + "group1-shard1of1.min.js";

  private static final int MAX_ENTRY = 64 << 20;

  private static final String NUMBER = "(-?[0-9.]+(?:e-?[0-9]+)?)";
  private static final Pattern ENTRY =
      Pattern.compile(
          "\\{name:\"([^\"]+)\",shape:\\[([0-9,]*)],dtype:\"float32\",quantization:\\{min:"
              + NUMBER
              + ",scale:"
              + NUMBER
              + ",dtype:\"uint8\"}}");
  private static final Pattern DATA = Pattern.compile("\\.exports=\"([A-Za-z0-9+/=]+)\"");

  private NsfwjsModel() {}

  /**
   * Returns the layers of the network, without the package's own classifier.
   *
   * @throws WeightsException if the tarball does not hold the model
   */
  static List<Layer> read(Path tarball) {
    try {
      String model = text(tarball, MODEL);
      Map<String, Tensor> tensors =
          tensors(
              model.substring(Math.max(0, model.indexOf("weightsManifest:"))),
              shard(text(tarball, SHARD)));
      return layers(tensors);
    } catch (IOException e) {
      throw new WeightsException("%s cannot be read (%s)".formatted(tarball, e), e);
    }
  }

  private static String text(Path tarball, String name) throws IOException {
    try (InputStream entry = Tarball.open(tarball, name)) {
      byte[] bytes = entry.readNBytes(MAX_ENTRY + 1);
      if (bytes.length > MAX_ENTRY) {
        throw new IOException("its %s has more than %d bytes".formatted(name, MAX_ENTRY));
      }
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  private static ByteBuffer shard(String script) {
    Matcher data = DATA.matcher(script);
    if (!data.find()) {
      throw new WeightsException(SHARD + " holds no weights in base64");
    }
    return ByteBuffer.wrap(Base64.getDecoder().decode(data.group(1)))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Reads the manifest, whose order is that of the shard's bytes. */
  private static Map<String, Tensor> tensors(String manifest, ByteBuffer shard) {
    Map<String, Tensor> tensors = new HashMap<>();
    for (Matcher entry = ENTRY.matcher(manifest); entry.find(); ) {
      List<Integer> shape =
          Arrays.stream(entry.group(2).split(",", -1)).map(Integer::valueOf).toList();
      float[] values = new float[shape.stream().reduce(1, Math::multiplyExact)];
      if (values.length > shard.remaining()) {
        throw new WeightsException(
            "%s ends before '%s', which needs %d bytes"
                .formatted(SHARD, entry.group(1), values.length));
      }
      dequantise(shard, values, entry.group(3), entry.group(4));
      tensors.put(entry.group(1), Tensor.wrap(shape, values));
    }
    if (shard.hasRemaining()) {
      throw new WeightsException(
          "%s has %d bytes more than %s describes".formatted(SHARD, shard.remaining(), MODEL));
    }
    return tensors;
  }

  private static void dequantise(ByteBuffer shard, float[] values, String min, String scale) {
    double offset = Double.parseDouble(min);
    double step = Double.parseDouble(scale);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (Byte.toUnsignedInt(shard.get()) * step + offset);
    }
  }

  /** Orders the tensors as Keras does; the manifest's own order is alphabetical. */
  private static List<Layer> layers(Map<String, Tensor> tensors) {
    List<Layer> layers = new ArrayList<>();
    for (Step.Convolution step : MobileNetV2Architecture.CONVOLUTIONS) {
      String kernel = step.depthwise() ? "/depthwise_kernel" : "/kernel";
      layers.add(layer(tensors, step.name(), kernel));
      layers.add(
          layer(tensors, step.batchNorm(), "/gamma", "/beta", "/moving_mean", "/moving_variance"));
    }
    return layers;
  }

  private static Layer layer(Map<String, Tensor> tensors, String name, String... suffixes) {
    List<Tensor> found = new ArrayList<>();
    for (String suffix : suffixes) {
      Tensor tensor = tensors.get(name + suffix);
      if (tensor == null) {
        throw new WeightsException("%s lists no '%s'".formatted(MODEL, name + suffix));
      }
      found.add(tensor);
    }
    return new Layer(name, found);
  }
}
