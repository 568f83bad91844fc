package dev.headwater.learner.model;

import dev.headwater.head.Example;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The examples of a task that were used last, decoded: every mini-batch looks at all that are kept
 * of a model. At most some 40 MB with embeddings of 1280 values.
 */
public final class ExampleCache extends LinkedHashMap<String, Example> {
  private static final long serialVersionUID = 1L;
  private static final int MOST = 8_000;

  public ExampleCache() {
    super(16, 0.75f, true);
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<String, Example> eldest) {
    return size() > MOST;
  }
}
