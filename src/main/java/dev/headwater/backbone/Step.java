package dev.headwater.backbone;

import java.util.List;

/**
 * One computation of the folded network; it reads earlier outputs by name and has one of its own.
 */
sealed interface Step {
  /** Name of the node, as Keras names the layer. */
  String name();

  /** Name of what it computes, by which later steps read it. */
  String output();

  /** Shape of what it computes: channels and the side of the square they cover. */
  int channels();

  int side();

  /**
   * A convolution with its BatchNorm and, if {@code activation} is not empty, ReLU6.
   *
   * @param name Keras' name of the convolution
   * @param batchNorm Keras' name of its BatchNorm
   * @param activation Keras' name of its ReLU6, or the empty string
   * @param input name of the output it reads
   * @param depthwise whether each channel has one kernel of its own, instead of one for each output
   * @param kernel side of the kernel, in pixels
   * @param stride step of the kernel, in pixels; with 2, padding is at the bottom and right only
   * @param inputChannels channels it reads
   * @param channels channels it writes
   * @param side height and width of its output, in pixels
   */
  record Convolution(
      String name,
      String batchNorm,
      String activation,
      String input,
      boolean depthwise,
      int kernel,
      int stride,
      int inputChannels,
      int channels,
      int side)
      implements Step {
    @Override
    public String output() {
      return relu6() ? activation : name;
    }

    boolean relu6() {
      return !activation.isEmpty();
    }

    /** Shape of the kernel in a Keras file: height, width, inputs, outputs (or 1 if depthwise). */
    List<Integer> kerasKernelShape() {
      return List.of(kernel, kernel, inputChannels, depthwise ? 1 : channels);
    }

    /** Rows above (columns left) that count as zero; even inputs only, as all of this network's. */
    int padBefore() {
      return stride == 1 ? kernel / 2 : 0;
    }

    /** Rows below (columns right) that count as zero. */
    int padAfter() {
      return kernel / 2;
    }
  }

  /** The shortcut of an inverted residual block: the sum of two outputs of one shape. */
  record Addition(String name, String left, String right, int channels, int side) implements Step {
    @Override
    public String output() {
      return name;
    }
  }
}
