package dev.headwater.cli.produce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.image.ImageLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCheckTest {
  private static final byte[] GIF = {'G', 'I', 'F', '8', '9', 'a'};

  @TempDir private Path folder;

  private LocalCheck read(byte[] content, long mostBytes) throws IOException {
    var file = Files.write(folder.resolve("file"), content);
    return LocalCheck.read(file, new ImageLimits(mostBytes, 1));
  }

  @Test
  void shouldAcceptWhatBeginsLikeAnImage() throws IOException {
    assertThat(read(GIF, 6))
        .isInstanceOfSatisfying(
            LocalCheck.Accepted.class,
            accepted -> {
              assertThat(accepted.bytes()).isEqualTo(GIF);
              assertThat(accepted.contentType()).isEqualTo("image/gif");
            });
  }

  @Test
  void shouldRefuseWhatTheServiceWouldRefuse() throws IOException {
    assertThat(read(GIF, 5)).isEqualTo(new LocalCheck.Refused("6 bytes, at most 5 allowed"));
    assertThat(read(new byte[0], 5)).isEqualTo(new LocalCheck.Refused("empty file"));
    assertThat(read(new byte[] {'B', 'M'}, 5))
        .isEqualTo(new LocalCheck.Refused("not a JPEG, PNG, GIF, BMP or WebP file"));
    assertThat(LocalCheck.read(folder, ImageLimits.DEFAULT))
        .isEqualTo(new LocalCheck.Refused("not a regular file, or a link to nothing"));
  }
}
