package dev.headwater.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the example in Java to what the service computes; it compiles without our classes. */
class JavaExampleTest {
  private static final Path EXAMPLE = Path.of("docs/examples/java/Follow.java");

  @TempDir private Path folder;
  private URLClassLoader loader;
  private Class<?> follow;
  private Class<?> head;

  @BeforeEach
  void compile() throws Exception {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var messages = new StringWriter();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var options =
          List.of(
              "--release",
              "17",
              "-Xlint:all,-processing,-path",
              "-Werror",
              "-proc:none",
              "-d",
              folder.toString(),
              "-classpath",
              System.getProperty("java.class.path"));
      boolean compiles =
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(EXAMPLE))
              .call();
      assertThat(compiles).as(messages.toString()).isTrue();
    }
    loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
    follow = loader.loadClass("Follow");
    head = loader.loadClass("Follow$Head");
  }

  @AfterEach
  void close() throws Exception {
    loader.close();
  }

  private double probability(Object read, float[] embedding) throws Exception {
    return (double) head.getMethod("probability", float[].class).invoke(read, embedding);
  }

  private Object call(Object read, String name) throws Exception {
    return head.getMethod(name).invoke(read);
  }

  @Test
  void shouldScoreAsTheServiceDoes() throws Exception {
    byte[] file = SnapshotFile.write(SampleHead.snapshot(7));
    Object read = head.getMethod("read", byte[].class).invoke(null, file);

    for (var embedding : SampleHead.embeddings(5)) {
      assertThat(probability(read, embedding))
          .isCloseTo(SampleHead.probability(SampleHead.head(7), embedding), offset(1e-12));
    }
    assertThat(call(read, "version")).isEqualTo(7L);
    assertThat(call(read, "backbone")).isEqualTo(SampleHead.BACKBONE);
    assertThat(head.getMethod("label", double.class).invoke(read, 0.25)).isEqualTo("giraffe \"ü\"");
    assertThat(head.getMethod("label", double.class).invoke(read, 0.24)).isEqualTo("elephant");
  }

  @Test
  void shouldGoOverToTheNextHeadAndKeepItWhenARecordIsSpoilt() throws Exception {
    var serving = new AtomicReference<Object>();
    accept(SnapshotFile.write(SampleHead.snapshot(7)), serving);
    assertThat(call(serving.get(), "version")).isEqualTo(7L);
    byte[] next = SnapshotFile.write(SampleHead.snapshot(8));
    accept(next, serving);
    assertThat(call(serving.get(), "version")).isEqualTo(8L);

    for (int length : new int[] {0, 4, 8, 100, next.length - 1}) {
      accept(java.util.Arrays.copyOf(next, length), serving);
      assertThat(call(serving.get(), "version")).isEqualTo(8L);
    }
  }

  private void accept(byte[] file, AtomicReference<Object> serving) throws Exception {
    var method = follow.getDeclaredMethod("accept", byte[].class, AtomicReference.class);
    method.setAccessible(true);
    try {
      method.invoke(null, file, serving);
    } catch (InvocationTargetException e) {
      throw new AssertionError("a spoilt record ends the consumer", e.getCause());
    }
  }
}
