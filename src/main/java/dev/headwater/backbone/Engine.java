package dev.headwater.backbone;

/** What runs the backbone; both compute the same embedding to 1e-3 from the same weights. */
public enum Engine {
  /** ONNX Runtime: the fast one. */
  ONNX,
  /** DL4J: the second, independent implementation, and the one that can be trained further. */
  DL4J
}
