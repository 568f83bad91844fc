package dev.headwater.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import org.junit.jupiter.api.Test;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;

class OnnxGraphTest {
  private static Map<String, NodeProto> nodes() throws InvalidProtocolBufferException {
    byte[] model = OnnxGraph.of(BatchNormFolding.fold(RandomWeights.of(1)));
    return ModelProto.parseFrom(model).getGraph().getNodeList().stream()
        .collect(Collectors.toMap(NodeProto::getName, Function.identity()));
  }

  @Test
  void shouldNameNodesAsKerasDoes() throws InvalidProtocolBufferException {
    assertThat(nodes())
        .containsKeys("Conv1", "Conv1_relu", "expanded_conv_depthwise", "expanded_conv_project")
        .containsKeys("block_1_expand", "block_2_add", "block_16_project", "Conv_1", "out_relu")
        .doesNotContainKeys("expanded_conv_expand", "block_1_add", "block_16_add")
        .hasSize(52 + 35 + 10 + 2);
  }

  @Test
  void shouldHaveOneValueAheadOfConv1WhereItCanBeCut() throws InvalidProtocolBufferException {
    assertThat(nodes().get("Conv_1").getInputList())
        .containsExactly("block_16_project", "Conv_1/kernel", "Conv_1/bias");
  }

  @Test
  void shouldPadStride2AtTheBottomAndRightOnly() throws InvalidProtocolBufferException {
    assertThat(pads("Conv1")).containsExactly(0L, 0L, 1L, 1L);
    assertThat(pads("block_13_depthwise")).containsExactly(0L, 0L, 1L, 1L);
    assertThat(pads("block_2_depthwise")).containsExactly(1L, 1L, 1L, 1L);
    assertThat(pads("block_2_expand")).containsExactly(0L, 0L, 0L, 0L);
  }

  private static Iterable<Long> pads(String node) throws InvalidProtocolBufferException {
    return nodes().get(node).getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals("pads"))
        .map(AttributeProto::getIntsList)
        .findFirst()
        .orElseThrow();
  }
}
