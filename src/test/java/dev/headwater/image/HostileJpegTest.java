package dev.headwater.image;

import static dev.headwater.image.FileParts.insert;
import static dev.headwater.image.FileParts.join;
import static dev.headwater.image.FileParts.segment;
import static dev.headwater.image.FileParts.text;
import static dev.headwater.image.FileParts.times;
import static dev.headwater.image.TestImages.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** JPEG files made to cost far more than they weigh. */
class HostileJpegTest {
  private static final byte[] START = bytes(0xff, 0xd8);
  private static final byte[] END = bytes(0xff, 0xd9);
  private static final int BASELINE = 0xc0;
  private static final int PROGRESSIVE = 0xc2;

  @Test
  void shouldRefuseManyScansOfALargeImage() {
    byte[] bomb = progressive(5_000, 5_000, 19);

    assertThat(MeasuredDecode.of(bomb).cheaply("TOO_MANY_PIXELS").message())
        .isEqualTo(
            "JPEG file: 15 scans of 5 000 x 5 000 pixels pass over more than 16 times the"
                + " 25 000 000 pixels allowed");
  }

  @Test
  void shouldDecodeAsManyScansAsEncodersWrite() {
    var decoded = MeasuredDecode.of(progressive(5_000, 5_000, 12));

    assertThat(decoded.outcome()).as(decoded.message()).isEqualTo("PIXELS");
    assertThat(decoded.cpuMillis()).isLessThan(4_000);
    MeasuredDecode.of(progressive(1_000, 1_000, 90)).cheaply("PIXELS");
    MeasuredDecode.of(progressive(8, 8, 100)).cheaply("CORRUPT");
  }

  @Test
  void shouldGetThroughFloodsOfSegments() {
    byte[] file = baseline(8, 8);
    byte[] exif = join(text("Exif\0\0"), TestImages.exif(6, true));
    for (byte[] segment :
        new byte[][] {
          huffmanTable(0, 0),
          segment(0xdb, new byte[65]),
          segment(0xdd, new byte[2]),
          segment(0xe1, exif),
          segment(0xe2, join(text("ICC_PROFILE\0"), bytes(1, 255, 0))),
          segment(0xe5, new byte[0]),
          segment(0xfe, new byte[65_533])
        }) {
      byte[] many = times(15_000_000 / segment.length, segment);

      MeasuredDecode.of(insert(file, 2, many)).cheaply("PIXELS");
    }
  }

  @Test
  void shouldNotFollowExifDirectoriesInCircles() {
    byte[] circle = TestImages.exif(6, true);
    circle[4] = 0;
    byte[] far = TestImages.exif(6, true);
    Arrays.fill(far, 4, 8, (byte) 0xff);
    byte[] manyEntries = TestImages.exif(6, false);
    Arrays.fill(manyEntries, 8, 10, (byte) 0xff);
    for (byte[] exif : new byte[][] {circle, far, manyEntries, new byte[65_000]}) {
      byte[] segment = segment(0xe1, join(text("Exif\0\0"), exif));

      MeasuredDecode.of(insert(baseline(8, 8), 2, segment)).cheaply("PIXELS");
    }
  }

  @Test
  void shouldIgnoreProfilesOfHalfAMillionSteps() throws Exception {
    byte[] profile = IccProfiles.elementChain(500_000);
    byte[] pieces = new byte[0];
    int count = (profile.length + 64_999) / 65_000;
    for (int i = 0; i < count; i++) {
      int end = Math.min(profile.length, (i + 1) * 65_000);
      byte[] piece = Arrays.copyOfRange(profile, i * 65_000, end);
      pieces = join(pieces, segment(0xe2, join(text("ICC_PROFILE\0"), bytes(i + 1, count), piece)));
    }
    byte[] jpeg = TestImages.withAdobe(TestImages.flatJpeg(9, 99, 199), 0);

    MeasuredDecode.of(insert(jpeg, 2, pieces)).cheaply("PIXELS");
  }

  @Test
  void shouldRefuseAHeightToBeStatedLater() {
    byte[] later = segment(0xdc, bytes(0, 8));

    MeasuredDecode.of(insert(baseline(8, 0), baseline(8, 0).length - 2, later)).cheaply("CORRUPT");
    MeasuredDecode.of(baseline(65_535, 65_535)).cheaply("TOO_MANY_PIXELS");
  }

  @Test
  void shouldGetThroughEndlessRestartsAndFillBytes() {
    byte[] head = Arrays.copyOf(baseline(5_000, 5_000), baseline(5_000, 5_000).length - 102);
    byte[] restarts = times(5_000_000, bytes(0, 0xff, 0xd3));
    byte[] fill = new byte[15 << 20];
    Arrays.fill(fill, (byte) 0xff);

    MeasuredDecode.of(join(head, restarts, END)).cheaply("CORRUPT");
    MeasuredDecode.of(join(head, fill, END)).cheaply("CORRUPT");
    MeasuredDecode.of(join(START, fill)).cheaply("TRUNCATED");
  }

  private static byte[] baseline(int width, int height) {
    byte[] scan = scan(0, 63, 0, 1, 2, 3);
    return join(
        START, quantisation(), frame(BASELINE, width, height), tables(0), scan, new byte[100], END);
  }

  /** Returns a gray image: one scan of all lowest frequencies, then ones of the others. */
  private static byte[] progressive(int width, int height, int further) {
    byte[] head = join(START, quantisation(), frame(PROGRESSIVE, width, height), tables(0xe0));
    int blocks = ((width + 7) / 8) * ((height + 7) / 8);
    byte[] lowest = join(scan(0, 0, 0, 1, 2, 3), new byte[blocks * 3 / 8 + 10]);
    byte[] others = new byte[0];
    for (int i = 0; i < further; i++) {
      int bits = i < 3 ? 1 : 0x10;
      others = join(others, scan(1, 63, bits, i % 3 + 1), new byte[80]);
    }
    return join(head, lowest, others, END);
  }

  private static byte[] quantisation() {
    byte[] table = new byte[65];
    Arrays.fill(table, 1, 65, (byte) 1);
    return segment(0xdb, table);
  }

  private static byte[] frame(int marker, int width, int height) {
    byte[] size = bytes(8, height >> 8, height, width >> 8, width, 3);
    return segment(marker, join(size, bytes(1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0)));
  }

  private static byte[] tables(int higherFrequencies) {
    return join(huffmanTable(0, 0), huffmanTable(0x10, higherFrequencies));
  }

  /** Returns a table with one symbol, whose code is a zero. */
  private static byte[] huffmanTable(int id, int symbol) {
    return segment(0xc4, join(bytes(id, 1), new byte[15], bytes(symbol)));
  }

  private static byte[] scan(int first, int last, int bits, int... components) {
    byte[] header = bytes(components.length);
    for (int component : components) {
      header = join(header, bytes(component, 0));
    }
    return segment(0xda, join(header, bytes(first, last, bits)));
  }
}
