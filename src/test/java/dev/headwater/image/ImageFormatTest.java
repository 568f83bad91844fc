package dev.headwater.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFormatTest {
  @ParameterizedTest
  @CsvSource({"png,image/png", "jpg,image/jpeg", "gif,image/gif", "bmp,image/bmp"})
  void shouldTellFormatByFirstBytes(String format, String expected) throws IOException {
    var file = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB), format, file);

    assertThat(mediaType(file.toByteArray())).contains(expected);
  }

  @Test
  void shouldTellWebpFromOtherRiffFiles() {
    assertThat(mediaType(ascii("RIFF....WEBPVP8 "))).contains("image/webp");
    assertThat(mediaType(ascii("RIFF....WAVEfmt "))).isEmpty();
  }

  @Test
  void shouldNotTakeTextOrNothingForAnImage() {
    assertThat(mediaType(ascii("hello"))).isEmpty();
    assertThat(mediaType(new byte[0])).isEmpty();
  }

  @Test
  void shouldNotTakeTextThatBeginsWithBmForABitmap() {
    assertThat(mediaType(ascii("BMW is a maker of cars"))).isEmpty();
  }

  private static Optional<String> mediaType(byte[] file) {
    return ImageFormat.recognise(file).map(ImageFormat::mediaType);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
