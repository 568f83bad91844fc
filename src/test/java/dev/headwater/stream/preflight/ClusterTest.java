package dev.headwater.stream.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.broker.TestBroker;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterTest {
  @Test
  void shouldStayWhenABrokerRestartsAndDifferFromAnothers(@TempDir Path directory) {
    String first = idIn(directory.resolve("one"));
    assertThat(first).isNotBlank().isEqualTo(idIn(directory.resolve("one")));
    assertThat(idIn(directory.resolve("two"))).isNotEqualTo(first);
  }

  private static String idIn(Path directory) {
    try (var broker = TestBroker.start(directory)) {
      return Cluster.id(broker.admin());
    }
  }
}
