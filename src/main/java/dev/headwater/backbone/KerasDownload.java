package dev.headwater.backbone;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Downloads Keras' published weights file, within limits on time and size. */
final class KerasDownload {
  private static final Duration STALL_LIMIT = Duration.ofSeconds(30);
  private static final int BLOCK = 1 << 16;

  private final URI url;
  private final Duration connectLimit;
  private final Progress progress;

  KerasDownload(URI url, Duration connectLimit, Progress progress) {
    this.url = url;
    this.connectLimit = connectLimit;
    this.progress = progress;
  }

  /**
   * Writes the file to {@code target}.
   *
   * @throws WeightsException if the server cannot be reached, responds with something else, stalls,
   *     or sends too much or too little
   */
  void to(Path target) {
    try {
      HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
      connection.setConnectTimeout(Math.toIntExact(connectLimit.toMillis()));
      connection.setReadTimeout(Math.toIntExact(STALL_LIMIT.toMillis()));
      try {
        connect(connection);
        receive(connection, target);
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      throw failed(reason(e), e);
    }
  }

  /** Connects on a thread of its own, since looking a host's name up knows no time limit. */
  private void connect(HttpURLConnection connection) throws IOException {
    var task =
        new FutureTask<Void>(
            () -> {
              connection.connect();
              return null;
            });
    var thread = new Thread(task, "weights-connect");
    thread.setDaemon(true);
    thread.start();
    try {
      task.get(connectLimit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw failed("no connection within " + connectLimit.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause
          ? cause
          : new IOException(e.getCause().toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("interrupted", e);
    }
  }

  private void receive(HttpURLConnection connection, Path target) throws IOException {
    int status = connection.getResponseCode();
    if (status != HttpURLConnection.HTTP_OK) {
      throw failed("the server responds with status " + status + ", expected 200", null);
    }
    long total = connection.getContentLengthLong();
    requireSize(total);
    try (InputStream in = connection.getInputStream();
        OutputStream out = Files.newOutputStream(target)) {
      long done = copy(in, out, total);
      if (total >= 0 && done != total) {
        throw failed("it ended after %d of %d bytes".formatted(done, total), null);
      }
    }
  }

  private long copy(InputStream in, OutputStream out, long total) throws IOException {
    byte[] block = new byte[BLOCK];
    long done = 0;
    progress.update(what(), done, total);
    for (int count = in.read(block); count >= 0; count = in.read(block)) {
      out.write(block, 0, count);
      done += count;
      requireSize(done);
      progress.update(what(), done, total);
      if (Thread.currentThread().isInterrupted()) {
        throw failed("interrupted", null);
      }
    }
    return done;
  }

  private void requireSize(long bytes) {
    if (bytes > Hdf5Bytes.MAX_BYTES) {
      throw failed(
          "it has %d bytes or more, at most %d are taken".formatted(bytes, Hdf5Bytes.MAX_BYTES),
          null);
    }
  }

  private static String what() {
    return "downloading the weights of MobileNetV2";
  }

  private static String reason(IOException e) {
    if (e instanceof UnknownHostException) {
      return "unknown host " + e.getMessage();
    }
    return e instanceof SocketTimeoutException ? "timeout: " + e.getMessage() : e.toString();
  }

  private WeightsException failed(String reason, Throwable cause) {
    return new WeightsException(
        "Keras' weights could not be downloaded from %s (%s)".formatted(url, reason), cause);
  }
}
