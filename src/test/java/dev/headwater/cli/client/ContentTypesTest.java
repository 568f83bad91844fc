package dev.headwater.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentTypesTest {
  @ParameterizedTest
  @CsvSource({"png,image/png", "jpg,image/jpeg", "gif,image/gif", "bmp,image/bmp"})
  void shouldTellFormatByFirstBytes(String format, String expected) throws IOException {
    var file = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB), format, file);

    assertThat(ContentTypes.of(file.toByteArray())).contains(expected);
  }

  @Test
  void shouldTellWebpFromOtherRiffFiles() {
    assertThat(ContentTypes.of(ascii("RIFF....WEBPVP8 "))).contains("image/webp");
    assertThat(ContentTypes.of(ascii("RIFF....WAVEfmt "))).isEmpty();
  }

  @Test
  void shouldNotTakeTextOrNothingForAnImage() {
    assertThat(ContentTypes.of(ascii("hello"))).isEmpty();
    assertThat(ContentTypes.of(new byte[0])).isEmpty();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
