package dev.headwater.backbone;

import java.util.List;

/**
 * Keras' MobileNetV2 (alpha 1.0, 224x224, no top, global average pooling) with its BatchNorms
 * folded into its convolutions: 1280 numbers an image, each from 0 to 6, in 32-bit floats.
 */
public final class MobileNetV2 implements Backbone {
  /** Arithmetic of the network, a part of its fingerprint. */
  static final String PRECISION = "fp32";

  private final BackboneId id;
  private final Engine engine;
  private final Preprocessing preprocessing;
  private final List<FoldedConvolution> convolutions;
  private final byte[] onnx;

  private MobileNetV2(
      BackboneId id,
      Engine engine,
      Preprocessing preprocessing,
      List<FoldedConvolution> convolutions) {
    this.id = id;
    this.engine = engine;
    this.preprocessing = preprocessing;
    this.convolutions = convolutions;
    this.onnx = engine == Engine.ONNX ? OnnxGraph.of(convolutions) : new byte[0];
  }

  /**
   * Returns a backbone with the given weights. Nothing native is loaded before the first embedder;
   * {@link BackboneProof} tells whether the two fit.
   *
   * @throws WeightsException if the weights cannot be folded
   */
  public static MobileNetV2 of(ResolvedWeights resolved, Engine engine) {
    return of(resolved.weights(), resolved.preprocessing(), resolved.quality(), engine);
  }

  static MobileNetV2 of(
      KerasWeights weights,
      Preprocessing preprocessing,
      BackboneId.Quality quality,
      Engine engine) {
    var id =
        new BackboneId(
            MobileNetV2Architecture.NAME,
            Fingerprint.of(weights, preprocessing, PRECISION),
            quality);
    return new MobileNetV2(id, engine, preprocessing, BatchNormFolding.fold(weights));
  }

  @Override
  public BackboneId id() {
    return id;
  }

  @Override
  public int inputSize() {
    return MobileNetV2Architecture.INPUT_SIZE;
  }

  @Override
  public int embeddingSize() {
    return MobileNetV2Architecture.EMBEDDING_SIZE;
  }

  public Engine engine() {
    return engine;
  }

  Preprocessing preprocessing() {
    return preprocessing;
  }

  List<FoldedConvolution> convolutions() {
    return convolutions;
  }

  /**
   * Returns a new embedder for one thread; the caller closes it.
   *
   * @throws BackboneException if the engine refuses the network
   */
  @Override
  public Embedder newEmbedder() {
    return switch (engine) {
      case ONNX -> new OnnxEmbedder(onnx, preprocessing, inputSize(), embeddingSize());
      case DL4J -> new Dl4jEmbedder(convolutions, preprocessing);
    };
  }
}
