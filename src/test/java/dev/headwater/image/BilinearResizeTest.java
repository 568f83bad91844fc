package dev.headwater.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BilinearResizeTest {
  @Test
  void shouldPassAnImageOfTheRightSizeThrough() {
    byte[] image = noise(7, 5);

    float[] resized = new BilinearResize(7, 5, 7, 5).apply(image);

    for (int i = 0; i < image.length; i++) {
      assertThat(resized[i]).isEqualTo(image[i] & 0xff);
    }
  }

  @Test
  void shouldHalveAndDoubleToTheValuesWorkedOutByHand() {
    // tf.image.resize([[0, 10, 20, 30]], (1, 2)): centres at 0.5 and 2.5.
    assertThat(redOf(4, 2, 0, 10, 20, 30)).containsExactly(5, 25);
    // tf.image.resize([[0, 100]], (1, 4)): centres at -0.25, 0.25, 0.75, 1.25.
    assertThat(redOf(2, 4, 0, 100)).containsExactly(0, 25, 75, 100);
    // tf.image.resize([[0, 30, 60]], (1, 2)): centres at 0.25 and 1.75.
    assertThat(redOf(3, 2, 0, 30, 60)).containsExactly(7.5f, 52.5f);
    // One pixel spreads.
    assertThat(redOf(1, 3, 42)).containsExactly(42, 42, 42);
  }

  @Test
  void shouldNotSmoothWhenShrinking() {
    // Without anti-aliasing, 9 columns become 3 of which each is one source column.
    assertThat(redOf(9, 3, 0, 200, 0, 0, 100, 0, 0, 50, 0)).containsExactly(200, 100, 50);
  }

  @Test
  void shouldAgreeWithTheTextbookFormulaOnRandomSizes() {
    var random = new Random(20);
    for (int round = 0; round < 60; round++) {
      int width = 1 + random.nextInt(40);
      int height = 1 + random.nextInt(40);
      int toWidth = 1 + random.nextInt(40);
      int toHeight = 1 + random.nextInt(40);
      byte[] image = noise(width, height);
      var resize = new BilinearResize(width, height, toWidth, toHeight);

      float[] resized = resize.apply(crossings(image, width, resize));

      for (int i = 0; i < resized.length; i++) {
        int x = i / 3 % toWidth;
        int y = i / 3 / toWidth;
        double expected = textbook(image, width, height, toWidth, toHeight, x, y, i % 3);
        assertThat((double) resized[i]).isCloseTo(expected, Offset.offset(1e-3));
      }
    }
  }

  @Test
  void shouldReadAtMostTwoSourceLinesForEachResult() {
    var resize = new BilinearResize(6000, 4000, 224, 224);

    assertThat(resize.columns()).hasSizeLessThanOrEqualTo(448).isSorted();
    assertThat(resize.rows()).hasSizeLessThanOrEqualTo(448).isSorted();
  }

  /** Sums over all sources, weighted by a tent around the sampled point: slow, and unlike ours. */
  private static double textbook(
      byte[] image, int width, int height, int toWidth, int toHeight, int x, int y, int channel) {
    double centreX = (x + 0.5) * width / toWidth - 0.5;
    double centreY = (y + 0.5) * height / toHeight - 0.5;
    double sum = 0;
    for (int row = -1; row <= height; row++) {
      for (int column = -1; column <= width; column++) {
        double weight =
            Math.max(0, 1 - Math.abs(column - centreX)) * Math.max(0, 1 - Math.abs(row - centreY));
        int nearestRow = Math.min(Math.max(row, 0), height - 1);
        int nearestColumn = Math.min(Math.max(column, 0), width - 1);
        sum += weight * (image[(nearestRow * width + nearestColumn) * 3 + channel] & 0xff);
      }
    }
    return sum;
  }

  private static float[] redOf(int from, int to, int... values) {
    byte[] image = new byte[from * 3];
    for (int i = 0; i < from; i++) {
      image[i * 3] = (byte) values[i];
    }
    var resize = new BilinearResize(from, 1, to, 1);
    float[] resized = resize.apply(crossings(image, from, resize));
    float[] red = new float[to];
    for (int i = 0; i < to; i++) {
      red[i] = resized[i * 3];
    }
    return red;
  }

  private static byte[] crossings(byte[] image, int width, BilinearResize resize) {
    byte[] crossings = new byte[resize.rows().length * resize.columns().length * 3];
    int to = 0;
    for (int row : resize.rows()) {
      for (int column : resize.columns()) {
        System.arraycopy(image, (row * width + column) * 3, crossings, to, 3);
        to += 3;
      }
    }
    return crossings;
  }

  private static byte[] noise(int width, int height) {
    byte[] noise = new byte[width * height * 3];
    new Random(width * 1000L + height).nextBytes(noise);
    return noise;
  }
}
