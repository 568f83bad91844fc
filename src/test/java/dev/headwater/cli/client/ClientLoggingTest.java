package dev.headwater.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class ClientLoggingTest {
  @Test
  void shouldPutBackWhatItReplaced() {
    var root = Logger.getLogger("");
    var handlers = root.getHandlers();
    var level = root.getLevel();

    ClientLogging.configure(false);
    var replaced = root.getHandlers();
    ClientLogging.release();

    assertThat(replaced).hasSize(1).doesNotContain(handlers);
    assertThat(root.getHandlers()).containsExactly(handlers);
    assertThat(root.getLevel()).isEqualTo(level);
  }
}
