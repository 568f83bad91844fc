package dev.headwater.head;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;

/**
 * Takes optimiser steps on a head with Deeplearning4j: binary cross-entropy, Adam (Kingma and Ba
 * 2015) with Keras' defaults.
 *
 * <p>Between calls it remembers nothing: the state goes in and comes out, and the network inside is
 * only where the arithmetic happens. Not thread-safe: each stream thread owns one.
 */
public final class HeadTrainer {
  private static final double LEARNING_RATE = 1e-3;
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;

  /** Keras' default; Deeplearning4j's own is 1e-8. */
  private static final double EPSILON = 1e-7;

  private final int inputs;
  private final int hidden;
  private final MultiLayerNetwork network;

  /**
   * Returns a trainer of heads as long as the recipe's.
   *
   * @param inputs length of an embedding
   */
  public HeadTrainer(int inputs) {
    this(inputs, DenseHead.HIDDEN);
  }

  /**
   * @param inputs length of an embedding
   * @param hidden hidden units
   */
  public HeadTrainer(int inputs, int hidden) {
    Nd4j.getEnvironment().setMaxThreads(1);
    this.inputs = inputs;
    this.hidden = hidden;
    var configuration =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.FLOAT)
            .updater(new Adam(LEARNING_RATE, BETA1, BETA2, EPSILON))
            .list()
            .layer(
                new DenseLayer.Builder()
                    .nIn(inputs)
                    .nOut(hidden)
                    .activation(Activation.RELU)
                    .build())
            .layer(
                new OutputLayer.Builder(new LossBinaryXENT())
                    .nIn(hidden)
                    .nOut(1)
                    .activation(Activation.SIGMOID)
                    .build())
            .build();
    network = new MultiLayerNetwork(configuration);
    network.init();
  }

  /**
   * Returns the state after one step on each mini-batch, in order.
   *
   * @throws IllegalArgumentException if a batch is empty, or the state or an embedding has another
   *     number of inputs
   */
  public TrainingState train(TrainingState state, List<List<Example>> miniBatches) {
    load(state);
    for (List<Example> miniBatch : miniBatches) {
      network.fit(features(miniBatch), labels(miniBatch));
    }
    return save(state.steps() + miniBatches.size());
  }

  private INDArray features(List<Example> miniBatch) {
    if (miniBatch.isEmpty()) {
      throw new IllegalArgumentException("a mini-batch of 0 examples, expected at least 1");
    }
    var values = new float[miniBatch.size() * inputs];
    for (int i = 0; i < miniBatch.size(); i++) {
      var embedding = miniBatch.get(i).embedding();
      if (embedding.size() != inputs) {
        throw new IllegalArgumentException(
            "embedding of %d values, this trainer expects %d".formatted(embedding.size(), inputs));
      }
      embedding.copyTo(values, i * inputs);
    }
    return Nd4j.createFromArray(values).reshape('c', miniBatch.size(), inputs);
  }

  private static INDArray labels(List<Example> miniBatch) {
    var values = new float[miniBatch.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = miniBatch.get(i).positive() ? 1f : 0f;
    }
    return Nd4j.createFromArray(values).reshape('c', values.length, 1);
  }

  private void load(TrainingState state) {
    if (state.weights().inputs() != inputs || state.weights().hidden() != hidden) {
      throw new IllegalArgumentException(
          "%s, this trainer expects %d -> %d -> 1".formatted(state.weights(), inputs, hidden));
    }
    network.setParams(FlatParameters.flatten(state.weights()));
    network
        .getUpdater()
        .setStateViewArray(
            network,
            Nd4j.concat(
                1,
                FlatParameters.flatten(state.firstMoment()),
                FlatParameters.flatten(state.secondMoment())),
            false);
    network.setIterationCount(state.steps());
  }

  private TrainingState save(int steps) {
    float[] moments = network.getUpdater().getStateViewArray().toFloatVector();
    int count = moments.length / 2;
    return new TrainingState(
        FlatParameters.unflatten(network.params().toFloatVector(), 0, inputs, hidden),
        FlatParameters.unflatten(moments, 0, inputs, hidden),
        FlatParameters.unflatten(moments, count, inputs, hidden),
        steps);
  }
}
