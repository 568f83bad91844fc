package dev.headwater.image;

import static dev.headwater.image.FileParts.join;
import static dev.headwater.image.FileParts.segment;
import static dev.headwater.image.FileParts.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Files that are an image and something else: the image is read, the rest is never looked at. */
class PolyglotTest {
  private static final String SCRIPT = "<script>alert('polyglot')</script>";

  @Test
  void shouldReadImagesThatAreArchivesAtTheirEnd() throws Exception {
    for (byte[] image : images()) {
      MeasuredDecode.of(join(image, zip())).cheaply("PIXELS");
      MeasuredDecode.of(join(image, text("%PDF-1.7\n%%EOF"))).cheaply("PIXELS");
      MeasuredDecode.of(join(image, text(SCRIPT))).cheaply("PIXELS");
      MeasuredDecode.of(join(image, images().get(1), images().get(2))).cheaply("PIXELS");
    }
  }

  @Test
  void shouldPassOverWhatCommentsHold() throws Exception {
    byte[] jpeg = images().get(0);
    for (byte[] payload : List.of(text(SCRIPT), zip(), text("%PDF-1.7"), images().get(1))) {
      byte[] inJpeg = FileParts.insert(jpeg, 2, segment(0xfe, payload));
      byte[] inPng = FileParts.insert(images().get(1), 33, TestImages.pngChunk("tEXt", payload));
      byte[] comment = join(TestImages.bytes(0x21, 0xfe), FileParts.gifBlocks(payload));
      byte[] gif = images().get(2);
      int afterPalette = 13 + 3 * (2 << (gif[10] & 7));

      MeasuredDecode.of(inJpeg).cheaply("PIXELS");
      MeasuredDecode.of(inPng).cheaply("PIXELS");
      MeasuredDecode.of(FileParts.insert(gif, afterPalette, comment)).cheaply("PIXELS");
    }
  }

  @Test
  void shouldRefuseWhatOnlyEndsInAnImage() throws Exception {
    for (byte[] image : images()) {
      for (byte[] head : List.of(text("%PDF-1.7\n"), zip(), text(SCRIPT), text("\r\n"))) {
        var refused = MeasuredDecode.of(join(head, image)).cheaply("FORMAT_UNKNOWN");

        assertThat(refused.message()).doesNotContain("polyglot");
      }
    }
  }

  @Test
  void shouldNotQuoteTheFileInItsRefusal() throws Exception {
    for (byte[] image : images()) {
      byte[] filled = image.clone();
      for (int at = image.length / 2; at + SCRIPT.length() < image.length; at += SCRIPT.length()) {
        System.arraycopy(text(SCRIPT), 0, filled, at, SCRIPT.length());
      }
      byte[] cut = Arrays.copyOf(filled, filled.length - 20);

      assertThat(MeasuredDecode.of(filled).message()).doesNotContain("polyglot", "<");
      assertThat(MeasuredDecode.of(cut).message()).doesNotContain("polyglot", "<");
    }
  }

  /** Returns a JPEG, a PNG, a GIF, a BMP and a WebP file. */
  private static List<byte[]> images() throws Exception {
    var picture = TestImages.picture(60, 44, BufferedImage.TYPE_3BYTE_BGR);
    var indexed = TestImages.picture(60, 44, BufferedImage.TYPE_BYTE_INDEXED);
    return List.of(
        TestImages.write(picture, "jpg"),
        TestImages.write(picture, "png"),
        TestImages.write(indexed, "gif"),
        TestImages.write(picture, "bmp"),
        TestImages.WEBP_LOSSY_ALPHA);
  }

  private static byte[] zip() throws Exception {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
      zip.write(text("Main-Class: Polyglot"));
    }
    return out.toByteArray();
  }
}
