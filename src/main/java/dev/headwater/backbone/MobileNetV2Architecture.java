package dev.headwater.backbone;

import dev.headwater.backbone.Step.Addition;
import dev.headwater.backbone.Step.Convolution;
import java.util.ArrayList;
import java.util.List;

/**
 * MobileNetV2 with alpha 1.0 for 224x224 images, without its classifier (Sandler et al. 2018, table
 * 2), as a list of steps under Keras' names; weights, engines and proof all derive from it.
 */
final class MobileNetV2Architecture {
  static final String NAME = "mobilenet_v2_1.0_224";
  static final int INPUT_SIZE = 224;
  static final int INPUT_CHANNELS = 3;
  static final int EMBEDDING_SIZE = 1280;
  static final String INPUT = "input_1";
  static final String POOL = "global_average_pooling2d";

  /** Name of the last feature map, 7x7x1280, whose mean is the embedding. */
  static final String FEATURES = "out_relu";

  private static final int FIRST_CHANNELS = 32;
  private static final List<Stage> STAGES =
      List.of(
          new Stage(1, 16, 1, 1),
          new Stage(6, 24, 2, 2),
          new Stage(6, 32, 3, 2),
          new Stage(6, 64, 4, 2),
          new Stage(6, 96, 3, 1),
          new Stage(6, 160, 3, 2),
          new Stage(6, 320, 1, 1));

  /** The steps in the order in which Keras lists (and stores) its layers. */
  static final List<Step> STEPS = new Builder().build();

  /** The convolutions among the steps, in the same order. */
  static final List<Convolution> CONVOLUTIONS =
      STEPS.stream().filter(Convolution.class::isInstance).map(Convolution.class::cast).toList();

  /** Columns t, c, n and s of the paper's table 2; the stride is that of the first repeat. */
  private record Stage(int expansion, int channels, int repeats, int stride) {}

  private MobileNetV2Architecture() {}

  private static final class Builder {
    private final List<Step> steps = new ArrayList<>();
    private String last = INPUT;
    private int channels = INPUT_CHANNELS;
    private int side = INPUT_SIZE;

    List<Step> build() {
      convolution("Conv1", "bn_Conv1", "Conv1_relu", false, 3, 2, FIRST_CHANNELS);
      int block = 0;
      for (Stage stage : STAGES) {
        for (int repeat = 0; repeat < stage.repeats(); repeat++) {
          block(block, stage, repeat == 0 ? stage.stride() : 1);
          block++;
        }
      }
      convolution("Conv_1", "Conv_1_bn", "out_relu", false, 1, 1, EMBEDDING_SIZE);
      return List.copyOf(steps);
    }

    /** An inverted residual: expand, filter each channel, project; add if the shape is kept. */
    private void block(int number, Stage stage, int stride) {
      String prefix = number == 0 ? "expanded_conv_" : "block_" + number + "_";
      String shortcut = last;
      int before = channels;
      if (stage.expansion() > 1) {
        named(prefix + "expand", true, false, 1, 1, before * stage.expansion());
      }
      named(prefix + "depthwise", true, true, 3, stride, channels);
      named(prefix + "project", false, false, 1, 1, stage.channels());
      if (stride == 1 && before == channels) {
        add(new Addition(prefix + "add", shortcut, last, channels, side));
      }
    }

    private void named(
        String name, boolean relu6, boolean depthwise, int kernel, int stride, int outputs) {
      String activation = relu6 ? name + "_relu" : "";
      convolution(name, name + "_BN", activation, depthwise, kernel, stride, outputs);
    }

    private void convolution(
        String name,
        String batchNorm,
        String activation,
        boolean depthwise,
        int kernel,
        int stride,
        int outputs) {
      int outputSide = side / stride;
      add(
          new Convolution(
              name,
              batchNorm,
              activation,
              last,
              depthwise,
              kernel,
              stride,
              channels,
              outputs,
              outputSide));
    }

    private void add(Step step) {
      steps.add(step);
      last = step.output();
      channels = step.channels();
      side = step.side();
    }
  }
}
