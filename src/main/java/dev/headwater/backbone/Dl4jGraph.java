package dev.headwater.backbone;

import dev.headwater.backbone.Step.Addition;
import dev.headwater.backbone.Step.Convolution;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The folded network as a DL4J graph of ordinary layers under Keras' names: preprocessed pixels
 * {@code [1, 3, 224, 224]} in, embedding {@code [1, 1280]} out. Its layers can be trained further.
 */
final class Dl4jGraph {
  private Dl4jGraph() {}

  /** Returns a new graph that holds its own copy of the weights; the caller closes it. */
  static ComputationGraph of(List<FoldedConvolution> convolutions) {
    Nd4j.getEnvironment().setMaxThreads(1);
    var graph = new ComputationGraph(configuration());
    graph.init();
    for (FoldedConvolution folded : convolutions) {
      String name = folded.step().name();
      assign(graph.getLayer(name).getParam("W"), kernel(folded));
      assign(graph.getLayer(name).getParam("b"), Nd4j.createFromArray(folded.bias().values()));
    }
    return graph;
  }

  private static void assign(INDArray parameter, INDArray values) {
    parameter.assign(values.reshape(parameter.shape()));
    values.close();
  }

  private static ComputationGraphConfiguration configuration() {
    int size = MobileNetV2Architecture.INPUT_SIZE;
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.FLOAT)
            .graphBuilder()
            .addInputs(MobileNetV2Architecture.INPUT)
            .setInputTypes(
                InputType.convolutional(size, size, MobileNetV2Architecture.INPUT_CHANNELS));
    for (Step step : MobileNetV2Architecture.STEPS) {
      if (step instanceof Convolution convolution) {
        graph.addLayer(step.name(), layer(convolution), node(convolution.input()));
      } else if (step instanceof Addition sum) {
        var vertex = new ElementWiseVertex(ElementWiseVertex.Op.Add);
        graph.addVertex(sum.name(), vertex, node(sum.left()), node(sum.right()));
      }
    }
    String pool = MobileNetV2Architecture.POOL;
    var average = new GlobalPoolingLayer.Builder(PoolingType.AVG).build();
    return graph
        .addLayer(pool, average, node(MobileNetV2Architecture.FEATURES))
        .setOutputs(pool)
        .build();
  }

  /** In DL4J a layer includes its activation: finds the layer that computes {@code output}. */
  private static String node(String output) {
    return MobileNetV2Architecture.STEPS.stream()
        .filter(step -> step.output().equals(output))
        .map(Step::name)
        .findFirst()
        .orElse(output);
  }

  private static Layer layer(Convolution step) {
    Activation activation = step.relu6() ? Activation.RELU6 : Activation.IDENTITY;
    // Same pads at the bottom and right only where stride 2 meets an even input, as Keras does.
    if (step.depthwise()) {
      return new DepthwiseConvolution2D.Builder(step.kernel(), step.kernel())
          .stride(step.stride(), step.stride())
          .convolutionMode(ConvolutionMode.Same)
          .depthMultiplier(1)
          .nIn(step.inputChannels())
          .nOut(step.channels())
          .hasBias(true)
          .activation(activation)
          .build();
    }
    return new ConvolutionLayer.Builder(step.kernel(), step.kernel())
        .stride(step.stride(), step.stride())
        .convolutionMode(ConvolutionMode.Same)
        .nIn(step.inputChannels())
        .nOut(step.channels())
        .hasBias(true)
        .activation(activation)
        .build();
  }

  /** DL4J's kernels: {@code [outputs, inputs, h, w]}, but {@code [h, w, channels, 1]} depthwise. */
  private static INDArray kernel(FoldedConvolution folded) {
    INDArray kernel = Nd4j.createFromArray(folded.kernel().values());
    if (!folded.step().depthwise()) {
      return kernel;
    }
    int side = folded.step().kernel();
    INDArray depthwise =
        kernel.reshape(folded.step().channels(), side, side).permute(1, 2, 0).dup('c');
    kernel.close();
    return depthwise;
  }
}
