package dev.headwater.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.headwater.head.DenseHead;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds what the examples in Python compute and write to what the service computes and reads. */
class PythonExamplesTest {
  private static final double SAME = 1e-6;
  private static final float[][] EMBEDDINGS = SampleHead.embeddings(5);

  @TempDir private Path folder;
  private Path head;
  private Path embeddings;

  @BeforeEach
  void write() throws Exception {
    Python.assumeNumpy();
    head = Files.write(folder.resolve("7.head"), SnapshotFile.write(SampleHead.snapshot(7)));
    embeddings = Python.npy(folder.resolve("x.npy"), EMBEDDINGS);
  }

  private static void assertScores(String lines, DenseHead expected) {
    var scores = lines.lines().map(Double::parseDouble).toList();
    assertThat(scores).hasSameSizeAs(EMBEDDINGS);
    for (int row = 0; row < EMBEDDINGS.length; row++) {
      assertThat(scores.get(row))
          .isCloseTo(SampleHead.probability(expected, EMBEDDINGS[row]), offset(SAME));
    }
    assertThat(Collections.max(scores) - Collections.min(scores))
        .as("scores that differ: %s", scores)
        .isGreaterThan(0.05);
  }

  @Test
  void shouldScoreInNumpyAsTheServiceDoes() throws Exception {
    assertScores(Python.example("keras_head.py", head, embeddings), SampleHead.head(7));
  }

  @Test
  void shouldShowWhatASnapshotIs() throws Exception {
    assertThat(Python.example("keras_head.py", head))
        .contains("backbone         " + SampleHead.BACKBONE, "dense/kernel     [1280, 128]");
  }

  @Test
  void shouldGoOverToTheNextHeadAndKeepItWhenARecordIsSpoilt() throws Exception {
    Path next = Files.write(folder.resolve("8.head"), SnapshotFile.write(SampleHead.snapshot(8)));
    String printed =
        Python.script(
            """
            from follow import Serving
            seven, eight = open(sys.argv[1], "rb").read(), open(sys.argv[2], "rb").read()
            x = np.load(sys.argv[3])
            serving = Serving("default")
            assert serving.head is None and not serving.first.is_set()
            serving.accept(b"default", seven)
            serving.accept(b"other", eight)
            assert serving.head.version == 7 and serving.first.is_set()
            before = serving.head
            serving.accept(b"default", eight)
            assert serving.head.version == 8 and before.version == 7
            for spoilt in None, b"", b"PK", eight[:100], b"\\x02" + bytes(7) + b"{}":
                serving.accept(b"default", spoilt)
            assert serving.head.version == 8
            assert serving.head.label(0.25) == 'giraffe "ü"' and serving.head.label(0.2) == "elephant"
            sys.stderr = None
            for p in serving.head.probability(x):
                print(f"{p:.9f}")
            """,
            head,
            next,
            embeddings);
    var scores =
        String.join("\n", printed.lines().filter(l -> !l.startsWith("a head of")).toList());
    assertScores(scores, SampleHead.head(8));
    assertThat(printed.lines().filter(line -> line.startsWith("a head of"))).hasSize(4);
  }

  @Test
  void shouldWriteAHeadThatIsImported() throws Exception {
    Path written = folder.resolve("mine.safetensors");
    Python.script(
        """
        from keras_head import read_head, write_head
        _, weights = read_head(sys.argv[1])
        as_keras_gives_them = [w.astype(np.float32) for w in weights]
        write_head(sys.argv[2], as_keras_gives_them, backbone="%s",
                   classes=["elephant", 'giraffe "ü"'], threshold=0.25)
        """
            .formatted(SampleHead.BACKBONE),
        head,
        written);

    var read = SnapshotFile.readImport(Files.readAllBytes(written));

    assertThat(read.head()).isEqualTo(SampleHead.head(7));
    assertThat(read.backbone()).isEqualTo(SampleHead.BACKBONE);
    assertThat(read.classes()).contains(List.of("elephant", "giraffe \"ü\""));
    assertThat(read.threshold()).contains(0.25);
    assertThat(read.examples()).isZero();
  }

  @Test
  void shouldWriteNoHeadThatWouldBeRefused() {
    for (String spoil : List.of("w[0][3, 3] = np.nan", "w[2] = w[2].T", "w = w[:3]")) {
      assertThatThrownBy(
              () ->
                  Python.script(
                      """
                      from keras_head import read_head, write_head
                      w = [a.copy() for a in read_head(sys.argv[1])[1]]
                      %s
                      write_head(sys.argv[1] + ".new", w, backbone="b")
                      """
                          .formatted(spoil),
                      head))
          .hasMessageContaining("ValueError: ");
      assertThat(folder.resolve("7.head.new")).doesNotExist();
    }
  }
}
