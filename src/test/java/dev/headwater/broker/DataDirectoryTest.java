package dev.headwater.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  private static final long PID = ProcessHandle.current().pid();

  @TempDir Path temp;

  @Test
  void shouldCreateDirectoryForItsOwnerAlone() throws IOException {
    try (var data = DataDirectory.open(temp.resolve("deep/data"))) {
      assertThat(data.broker()).isDirectory();
      assumeTrue(
          Files.getFileStore(temp).supportsFileAttributeView("posix"),
          "the file system of the temporary directory knows no owners");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.path())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void shouldKeepStateOfClustersApart() {
    try (var data = DataDirectory.open(temp)) {
      assertThat(data.streams("MkU3OEVBNTcwNTJENDM2Qg"))
          .isEqualTo(temp.resolve("streams/cluster-MkU3OEVBNTcwNTJENDM2Qg"));
      for (String odd : new String[] {"", ".", "..", "../../etc", "a/b:c"}) {
        assertThat(data.streams(odd).normalize().getParent()).isEqualTo(temp.resolve("streams"));
      }
    }
  }

  @Test
  void shouldRefuseSecondTakerInSameProcess() throws Exception {
    try (var data = DataDirectory.open(temp)) {
      assertThatThrownBy(() -> DataDirectory.open(temp))
          .isInstanceOf(DataDirectoryException.class)
          .hasMessage(
              "%s is in use by process %d; stop it or choose another directory with --data",
              data.path(), PID);
      try (var other = ChildJvm.run(LockProcess.class, temp.toString())) {
        assertThat(other.readLine()).contains("is in use by process " + PID);
      }
    }
  }

  @Test
  void shouldNameProcessThatHasIt() throws Exception {
    try (var other = ChildJvm.run(LockProcess.class, temp.toString())) {
      assertThat(other.readLine()).isEqualTo("taken");
      assertThatThrownBy(() -> DataDirectory.open(temp))
          .hasMessageContaining("is in use by process " + other.pid());
    }
  }

  @Test
  void shouldBeFreeAfterOwnerWasKilled() throws Exception {
    try (var other = ChildJvm.run(LockProcess.class, temp.toString())) {
      assertThat(other.readLine()).isEqualTo("taken");
      other.kill();
      DataDirectory.open(temp).close();
    }
  }

  @Test
  void shouldBeFreeAfterClose() {
    DataDirectory.open(temp).close();
    DataDirectory.open(temp).close();
  }

  @Test
  void shouldSeeThroughSymbolicLinks() throws IOException {
    Path target = Files.createDirectory(temp.resolve("target"));
    Path link = Files.createSymbolicLink(temp.resolve("link"), target);
    try (var data = DataDirectory.open(target)) {
      assertThatThrownBy(() -> DataDirectory.open(link)).hasMessageContaining("is in use by");
    }
  }

  @Test
  void shouldRefuseFile() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));
    assertThatThrownBy(() -> DataDirectory.open(file))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining(file + " is a file, a directory was expected");
  }

  @Test
  void shouldRefuseDirectoryBelowFile() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));
    assertThatThrownBy(() -> DataDirectory.open(file.resolve("data")))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("cannot be created");
  }

  @Test
  void shouldRefuseDirectoryThatIsNotWritable() throws IOException {
    Path readOnly = Files.createDirectory(temp.resolve("read-only"));
    assumeTrue(readOnly.toFile().setWritable(false), "permissions cannot be changed here");
    assumeTrue(!Files.isWritable(readOnly), "this user may write everywhere");
    assertThatThrownBy(() -> DataDirectory.open(readOnly))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("is not writable for user");
  }
}
