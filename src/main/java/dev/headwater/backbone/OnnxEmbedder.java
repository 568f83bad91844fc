package dev.headwater.backbone;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.headwater.image.Pixels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * Embeds with ONNX Runtime on the calling thread: one session without threads of its own, whose
 * input and output live in direct buffers that every call reuses.
 */
final class OnnxEmbedder implements Embedder {
  private final Preprocessing preprocessing;
  private final int inputSize;
  private final float[] planes;
  private final FloatBuffer input;
  private final FloatBuffer output;
  private final OrtSession session;
  private final OnnxTensor inputTensor;
  private final OnnxTensor outputTensor;
  private boolean closed;

  /**
   * Opens a session.
   *
   * @param model a serialised model as {@link OnnxGraph} writes it
   * @throws BackboneException if ONNX Runtime refuses it
   */
  OnnxEmbedder(byte[] model, Preprocessing preprocessing, int inputSize, int embeddingSize) {
    this.preprocessing = preprocessing;
    this.inputSize = inputSize;
    this.planes = new float[3 * inputSize * inputSize];
    this.input = directFloats(planes.length);
    this.output = directFloats(embeddingSize);
    try {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      environment.setTelemetry(false);
      this.session = open(environment, model);
      this.inputTensor =
          OnnxTensor.createTensor(environment, input, new long[] {1, 3, inputSize, inputSize});
      this.outputTensor =
          OnnxTensor.createTensor(environment, output, new long[] {1, embeddingSize});
    } catch (OrtException e) {
      throw new BackboneException("ONNX Runtime refuses the backbone: " + e.getMessage(), e);
    }
  }

  private static OrtSession open(OrtEnvironment environment, byte[] model) throws OrtException {
    try (var options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      options.addConfigEntry("session.inter_op.allow_spinning", "0");
      // Shapes are fixed, so that one block planned by the memory pattern is all a run needs; an
      // arena would keep what only the preparation of the weights needed.
      options.setCPUArenaAllocator(false);
      options.setMemoryPatternOptimization(true);
      return environment.createSession(model, options);
    }
  }

  private static FloatBuffer directFloats(int count) {
    return ByteBuffer.allocateDirect(count * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  @Override
  public Embedding embed(Pixels pixels) {
    if (closed) {
      throw new IllegalStateException("this embedder is closed");
    }
    preprocessing.toPlanes(pixels, inputSize, planes);
    input.put(0, planes);
    run();
    float[] values = new float[output.capacity()];
    output.get(0, values);
    return Embedding.wrap(values);
  }

  private void run() {
    var inputs = Map.of(OnnxGraph.INPUT, inputTensor);
    var outputs = Map.of(OnnxGraph.OUTPUT, outputTensor);
    try (var result = session.run(inputs, outputs)) {
      if (result.size() != outputs.size()) {
        throw new BackboneException(
            "ONNX Runtime returned %d outputs, expected %d".formatted(result.size(), 1));
      }
    } catch (OrtException e) {
      throw new BackboneException("ONNX Runtime failed to embed: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    inputTensor.close();
    outputTensor.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw new BackboneException("ONNX Runtime failed to close: " + e.getMessage(), e);
    }
  }
}
