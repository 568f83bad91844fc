package dev.headwater.bench.moa;

import com.yahoo.labs.samoa.instances.Attribute;
import com.yahoo.labs.samoa.instances.DenseInstance;
import com.yahoo.labs.samoa.instances.Instance;
import com.yahoo.labs.samoa.instances.Instances;
import com.yahoo.labs.samoa.instances.InstancesHeader;
import dev.headwater.backbone.Embedding;
import dev.headwater.bench.learning.Answer;
import dev.headwater.bench.learning.Learner;
import java.util.ArrayList;
import java.util.List;
import moa.classifiers.AbstractClassifier;
import moa.core.Utils;

/**
 * A classifier of MOA. It gets the embedding as it is, as numeric attributes, and knows the two
 * classes from the start; its answer is the class with the most votes, of equal ones the first, as
 * MOA's own evaluation has it.
 */
final class MoaLearner implements Learner {
  private static final int NEGATIVE = 0;
  private static final int POSITIVE = 1;

  private final AbstractClassifier classifier;
  private final InstancesHeader header;

  /** Takes a classifier that has learnt nothing. */
  MoaLearner(AbstractClassifier classifier, int inputs, long seed) {
    this.classifier = classifier;
    this.header = header(inputs);
    classifier.setRandomSeed(Math.toIntExact(seed));
    classifier.prepareForUse();
    classifier.setModelContext(header);
  }

  private static InstancesHeader header(int inputs) {
    var attributes = new ArrayList<Attribute>();
    for (int i = 0; i < inputs; i++) {
      attributes.add(new Attribute("embedding" + i));
    }
    attributes.add(new Attribute("class", List.of("negative", "positive")));
    var instances = new Instances("embeddings", attributes, 0);
    instances.setClassIndex(inputs);
    return new InstancesHeader(instances);
  }

  @Override
  public Answer predict(Embedding embedding, String domain) {
    double[] votes = classifier.getVotesForInstance(instance(embedding, NEGATIVE));
    double negative = votes.length > NEGATIVE ? votes[NEGATIVE] : 0;
    double positive = votes.length > POSITIVE ? votes[POSITIVE] : 0;
    double sum = negative + positive;
    boolean decides = votes.length > 0 && Utils.maxIndex(votes) == POSITIVE;
    return new Answer(sum > 0 ? positive / sum : 0.5, decides);
  }

  @Override
  public void learn(Embedding embedding, boolean positive, String domain) {
    classifier.trainOnInstance(instance(embedding, positive ? POSITIVE : NEGATIVE));
  }

  private Instance instance(Embedding embedding, int label) {
    var values = new double[embedding.size() + 1];
    for (int i = 0; i < embedding.size(); i++) {
      values[i] = embedding.value(i);
    }
    values[embedding.size()] = label;
    var instance = new DenseInstance(1, values);
    instance.setDataset(header);
    return instance;
  }
}
