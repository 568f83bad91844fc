package dev.headwater.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
  @TempDir private Path directory;

  @Test
  void shouldNameTheOwnerToASecondTaker() throws IOException {
    var lock = DirectoryLock.take(directory);
    long self = ProcessHandle.current().pid();

    assertThat(directory.resolve("lock")).hasContent(Long.toString(self));
    assertThatThrownBy(() -> DirectoryLock.take(directory))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("is in use by process " + self);
    lock.release();
    assertThat(Files.size(directory.resolve("lock"))).isZero();
  }

  @Test
  void shouldBeFreeForTheNextOnceReleased() {
    var first = DirectoryLock.take(directory);
    first.release();
    var second = DirectoryLock.take(directory);
    first.release();

    assertThatThrownBy(() -> DirectoryLock.take(directory))
        .isInstanceOf(DataDirectoryException.class);
    second.release();
  }
}
