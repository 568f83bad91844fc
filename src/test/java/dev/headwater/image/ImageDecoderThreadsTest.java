package dev.headwater.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.Eventually;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ImageDecoderThreadsTest {
  @Test
  void shouldGiveTheSamePixelsToManyThreads() throws Exception {
    var decoder = new ImageDecoder(ImageLimits.DEFAULT, 24, 24);
    List<byte[]> files = files();
    var expected = new ArrayList<Double>();
    for (byte[] file : files) {
      expected.add(sum(decoder.decode(file)));
    }
    List<Callable<List<Double>>> tasks = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      tasks.add(
          () -> {
            var sums = new ArrayList<Double>();
            for (byte[] file : files) {
              sums.add(sum(decoder.decode(file)));
            }
            return sums;
          });
    }

    var threads = Executors.newFixedThreadPool(4);
    try {
      for (var sums : threads.invokeAll(tasks)) {
        assertThat(sums.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void shouldDecodeNoMorePixelsAtOnceThanThereIsRoomFor() throws Exception {
    var room = new PixelLimit(10_000);
    var inside = new AtomicLong();
    var most = new AtomicLong();
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      long pixels = i % 40 == 0 ? 50_000 : 2_000 + i % 7 * 100;
      tasks.add(
          () -> {
            int taken = room.enter(pixels);
            long now = inside.addAndGet(Math.min(pixels, 10_000));
            most.accumulateAndGet(now, Math::max);
            Thread.yield();
            inside.addAndGet(-Math.min(pixels, 10_000));
            room.leave(taken);
            return null;
          });
    }
    var threads = Executors.newFixedThreadPool(8);
    try {
      for (var done : threads.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(most.get()).isBetween(2_000L, 10_000L);
  }

  @Test
  void shouldNotWaitForRoomWhereThatIsNotWanted() {
    var room = new PixelLimit(10_000);
    int taken = room.enterNow(8_000);
    assertThat(taken).isPositive();
    assertThat(room.enterNow(8_000)).as("no room").isZero();
    room.leave(taken);
    assertThat(room.enterNow(50_000)).as("all of it").isPositive();
    assertThat(room.enterNow(1)).isZero();
  }

  @Test
  void shouldLeaveRoomToWhoWaitsForIt() throws Exception {
    var room = new PixelLimit(10_000);
    int taken = room.enter(8_000);
    var waiting = new Thread(() -> room.leave(room.enter(8_000)));
    waiting.start();
    Eventually.get("a thread that waits", waiting::getState, Thread.State.WAITING::equals);
    assertThat(room.enterNow(1)).as("before who waits").isZero();
    room.leave(taken);
    waiting.join();
    assertThat(room.enterNow(1)).as("nobody waits").isPositive();
  }

  @Test
  void shouldNotDependOnTheContextClassLoader() throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      var decoder = new ImageDecoder(ImageLimits.DEFAULT, 24, 24);
      for (byte[] file : files()) {
        assertThat(decoder.decode(file).width()).isEqualTo(24);
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static List<byte[]> files() throws Exception {
    var picture = TestImages.picture(48, 40, BufferedImage.TYPE_3BYTE_BGR);
    byte[] linear = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    byte[] row = new byte[30];
    return List.of(
        TestImages.write(picture, "jpg"),
        TestImages.write(picture, "png"),
        TestImages.write(picture, "bmp"),
        TestImages.write(picture, "gif"),
        TestImages.png(
            10,
            1,
            8,
            2,
            new byte[][] {row},
            TestImages.pngProfile(new ByteArrayInputStream(linear))),
        TestImages.WEBP_LOSSLESS,
        TestImages.WEBP_LOSSY);
  }

  private static double sum(Pixels pixels) {
    double sum = 0;
    for (int i = 0; i < pixels.width() * pixels.height() * 3; i++) {
      sum += pixels.value(i);
    }
    return sum;
  }
}
