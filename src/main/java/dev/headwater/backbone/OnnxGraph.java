package dev.headwater.backbone;

import dev.headwater.backbone.Step.Addition;
import dev.headwater.backbone.Step.Convolution;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.List;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.ByteString;

/**
 * The folded network as an ONNX model: preprocessed pixels {@code [1, 3, 224, 224]} in, embedding
 * {@code [1, 1280]} out. Nodes and values carry Keras' layer names, so that the graph can be cut at
 * a layer; weights are {@code <layer>/kernel} and {@code <layer>/bias}.
 */
final class OnnxGraph {
  static final String INPUT = MobileNetV2Architecture.INPUT;
  static final String OUTPUT = "embedding";

  private static final int IR_VERSION = 8;
  private static final int OPERATOR_SET = 17;
  private static final String ZERO = "relu6/min";
  private static final String SIX = "relu6/max";

  private final GraphProto.Builder graph = GraphProto.newBuilder();

  private OnnxGraph() {}

  /** Returns the serialised model (9 MB). */
  static byte[] of(List<FoldedConvolution> convolutions) {
    return new OnnxGraph().model(convolutions).toByteArray();
  }

  private ModelProto model(List<FoldedConvolution> convolutions) {
    int size = MobileNetV2Architecture.INPUT_SIZE;
    graph
        .setName(MobileNetV2Architecture.NAME)
        .addInput(value(INPUT, 1, MobileNetV2Architecture.INPUT_CHANNELS, size, size))
        .addOutput(value(OUTPUT, 1, MobileNetV2Architecture.EMBEDDING_SIZE))
        .addInitializer(floats(ZERO, List.of(), new float[] {0}))
        .addInitializer(floats(SIX, List.of(), new float[] {6}));
    Iterator<FoldedConvolution> folded = convolutions.iterator();
    for (Step step : MobileNetV2Architecture.STEPS) {
      if (step instanceof Convolution) {
        add(folded.next());
      } else if (step instanceof Addition sum) {
        graph.addNode(node("Add", sum.name(), sum.output(), sum.left(), sum.right()));
      }
    }
    addPooling();
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("headwater")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
        .setGraph(graph)
        .build();
  }

  private void add(FoldedConvolution folded) {
    Convolution step = folded.step();
    String kernel = step.name() + "/kernel";
    String bias = step.name() + "/bias";
    graph
        .addInitializer(floats(kernel, folded.kernel().shape(), folded.kernel().values()))
        .addInitializer(floats(bias, folded.bias().shape(), folded.bias().values()))
        .addNode(
            node("Conv", step.name(), step.name(), step.input(), kernel, bias)
                .addAttribute(integers("kernel_shape", step.kernel(), step.kernel()))
                .addAttribute(integers("strides", step.stride(), step.stride()))
                .addAttribute(
                    integers(
                        "pads",
                        step.padBefore(),
                        step.padBefore(),
                        step.padAfter(),
                        step.padAfter()))
                .addAttribute(integer("group", step.depthwise() ? step.channels() : 1)));
    if (step.relu6()) {
      graph.addNode(node("Clip", step.activation(), step.output(), step.name(), ZERO, SIX));
    }
  }

  private void addPooling() {
    String features = MobileNetV2Architecture.FEATURES;
    String pool = MobileNetV2Architecture.POOL;
    graph
        .addNode(node("GlobalAveragePool", pool, pool, features))
        .addNode(node("Flatten", OUTPUT, OUTPUT, pool).addAttribute(integer("axis", 1)));
  }

  private static NodeProto.Builder node(
      String operator, String name, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(name)
        .addAllInput(List.of(inputs))
        .addOutput(output);
  }

  private static AttributeProto.Builder integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value);
  }

  private static AttributeProto.Builder integers(String name, long... values) {
    var attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute;
  }

  private static TensorProto floats(String name, List<Integer> shape, float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    var tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .setRawData(ByteString.copyFrom(bytes));
    shape.forEach(tensor::addDims);
    return tensor.build();
  }

  private static ValueInfoProto value(String name, long... shape) {
    var dimensions = TensorShapeProto.newBuilder();
    for (long size : shape) {
      dimensions.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
    }
    var tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT_VALUE)
            .setShape(dimensions);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
