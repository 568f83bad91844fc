package dev.headwater.bench.learning;

import java.util.List;

/** Supplies peers from another library; found by {@link java.util.ServiceLoader}. */
public interface PeerSource {
  /** The peers, in the order of the table. */
  List<Contender> peers();
}
