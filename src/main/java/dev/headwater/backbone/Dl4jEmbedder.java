package dev.headwater.backbone;

import dev.headwater.image.Pixels;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Embeds with a DL4J graph of its own: graphs shared between threads have returned one another's
 * results.
 */
final class Dl4jEmbedder implements Embedder {
  private final Preprocessing preprocessing;
  private final float[] planes;
  private final ComputationGraph graph;
  private final INDArray input;
  private boolean closed;

  Dl4jEmbedder(List<FoldedConvolution> convolutions, Preprocessing preprocessing) {
    int size = MobileNetV2Architecture.INPUT_SIZE;
    int channels = MobileNetV2Architecture.INPUT_CHANNELS;
    this.preprocessing = preprocessing;
    this.planes = new float[channels * size * size];
    this.graph = Dl4jGraph.of(convolutions);
    this.input = Nd4j.create(1, channels, size, size);
  }

  @Override
  public Embedding embed(Pixels pixels) {
    if (closed) {
      throw new IllegalStateException("this embedder is closed");
    }
    preprocessing.toPlanes(pixels, MobileNetV2Architecture.INPUT_SIZE, planes);
    input.data().setData(planes);
    INDArray output = graph.outputSingle(input);
    float[] values = output.data().asFloat();
    output.close();
    return Embedding.wrap(values);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      input.close();
      graph.close();
    }
  }
}
