package dev.headwater.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiTokenFileTest {
  @TempDir Path dir;

  private Path file() {
    return dir.resolve(ApiTokenFile.NAME);
  }

  @Test
  void shouldMakeATokenOnceAndKeepIt() throws IOException {
    var made = ApiTokenFile.in(dir);
    String text = Files.readString(file()).strip();
    assertThat(made.matches(text)).isTrue();
    assertThat(ApiTokenFile.in(dir).matches(text)).isTrue();
    assertThat(dir.toFile().list()).containsExactly(ApiTokenFile.NAME);
  }

  @Test
  void shouldLetNobodyButTheOwnerReadIt() throws IOException {
    assumePosix();
    ApiTokenFile.in(dir);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void shouldRefuseAFileThatEverybodyMayRead() throws IOException {
    assumePosix();
    ApiTokenFile.in(dir);
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> ApiTokenFile.in(dir))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("%s is open to every user of this machine (rw-r--r--)", file())
        .hasMessageContaining("chmod 600");
  }

  @Test
  void shouldRefuseAFileWithoutToken() throws IOException {
    ApiTokenFile.in(dir);
    Files.writeString(file(), "short");
    assertThatThrownBy(() -> ApiTokenFile.in(dir))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("%s has 5 characters, expected at least 16", file())
        .hasMessageContaining("delete the file to get a new one");
  }

  private void assumePosix() {
    assumeTrue(
        dir.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "needs a file system that knows owners");
  }
}
