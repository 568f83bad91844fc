package dev.headwater.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What a stranger to this project needs to score with a snapshot: the safetensors format as its
 * page describes it, and Keras' {@code Dense(relu) → Dense(sigmoid)}. It uses none of its classes.
 */
public final class SafetensorsByHand {
  private final JsonNode header;
  private final ByteBuffer data;

  public SafetensorsByHand(byte[] file) {
    var buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int length = Math.toIntExact(buffer.getLong());
    try {
      header = new ObjectMapper().readTree(new String(file, 8, length, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    data = buffer.slice(8 + length, file.length - 8 - length).order(ByteOrder.LITTLE_ENDIAN);
  }

  public String metadata(String name) {
    return header.get("__metadata__").get(name).textValue();
  }

  private float[] tensor(String name) {
    var offsets = header.get(name).get("data_offsets");
    int begin = offsets.get(0).intValue();
    var values = new float[(offsets.get(1).intValue() - begin) / 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = data.getFloat(begin + 4 * i);
    }
    return values;
  }

  /** Returns the probability of the positive class. */
  public double probability(float[] embedding) {
    float[] kernel = tensor("dense/kernel");
    float[] bias = tensor("dense/bias");
    float[] outputKernel = tensor("dense_1/kernel");
    double logit = tensor("dense_1/bias")[0];
    for (int unit = 0; unit < bias.length; unit++) {
      double sum = bias[unit];
      for (int i = 0; i < embedding.length; i++) {
        sum += (double) embedding[i] * kernel[i * bias.length + unit];
      }
      logit += Math.max(sum, 0) * outputKernel[unit];
    }
    return 1 / (1 + Math.exp(-logit));
  }
}
