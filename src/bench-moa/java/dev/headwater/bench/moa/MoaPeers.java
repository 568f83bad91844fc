package dev.headwater.bench.moa;

import dev.headwater.bench.learning.Contender;
import dev.headwater.bench.learning.PeerSource;
import java.util.List;
import java.util.function.Supplier;
import moa.classifiers.AbstractClassifier;
import moa.classifiers.functions.SGD;
import moa.classifiers.lazy.SAMkNN;
import moa.classifiers.lazy.kNNwithPAWandADWIN;
import moa.classifiers.meta.AdaptiveRandomForest;
import moa.classifiers.meta.LeveragingBag;
import moa.classifiers.meta.StreamingRandomPatches;
import moa.classifiers.trees.HoeffdingAdaptiveTree;

/** The classifiers of MOA that are compared, with MOA's defaults but for what their names say. */
public final class MoaPeers implements PeerSource {
  /** MOA's default for forests and patches is 100, which takes ten times as long. */
  private static final int MEMBERS = 10;

  private static final int LOG_LOSS = 1;

  @Override
  public List<Contender> peers() {
    return List.of(
        peer("hat", "Hoeffding Adaptive Tree", HoeffdingAdaptiveTree::new),
        peer("knn-adwin", "kNN with probabilistic windows and ADWIN", kNNwithPAWandADWIN::new),
        peer("sam-knn", "kNN with self-adjusting memory", SAMkNN::new),
        peer("sgd", "linear model by SGD, log loss", MoaPeers::logistic),
        unusual("arf", "Adaptive Random Forest of 10 trees", MoaPeers::forest),
        peer("srp", "Streaming Random Patches of 10 trees", MoaPeers::patches),
        unusual("lev-bag", "Leveraging Bagging of 10 trees", LeveragingBag::new));
  }

  private static Contender peer(
      String name, String description, Supplier<AbstractClassifier> classifier) {
    return contender(name, description, true, classifier);
  }

  /** Ensembles take long; of those of MOA only the best one takes part without being named. */
  private static Contender unusual(
      String name, String description, Supplier<AbstractClassifier> classifier) {
    return contender(name, description, false, classifier);
  }

  private static Contender contender(
      String name, String description, boolean usual, Supplier<AbstractClassifier> classifier) {
    return new Contender(
        name,
        "MOA's " + description,
        usual,
        (inputs, seed) -> new MoaLearner(classifier.get(), inputs, seed));
  }

  private static SGD logistic() {
    var classifier = new SGD();
    classifier.lossFunctionOption.setChosenIndex(LOG_LOSS);
    return classifier;
  }

  private static AdaptiveRandomForest forest() {
    var classifier = new AdaptiveRandomForest();
    classifier.ensembleSizeOption.setValue(MEMBERS);
    return classifier;
  }

  private static StreamingRandomPatches patches() {
    var classifier = new StreamingRandomPatches();
    classifier.ensembleSizeOption.setValue(MEMBERS);
    return classifier;
  }
}
