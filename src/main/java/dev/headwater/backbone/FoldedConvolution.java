package dev.headwater.backbone;

import dev.headwater.backbone.Step.Convolution;

/**
 * A convolution into which its BatchNorm has been folded.
 *
 * @param step the convolution in the network
 * @param kernel {@code [outputs, inputs, height, width]} (depthwise: {@code [channels, 1, height,
 *     width]})
 * @param bias {@code [outputs]}
 */
record FoldedConvolution(Convolution step, Tensor kernel, Tensor bias) {}
