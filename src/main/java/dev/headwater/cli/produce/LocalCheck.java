package dev.headwater.cli.produce;

import dev.headwater.image.ImageFormat;
import dev.headwater.image.ImageLimits;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads one file, unless the service would refuse it anyway. */
sealed interface LocalCheck {

  /** A file that looks like an image. {@code bytes} are not copied. */
  @SuppressWarnings("ArrayRecordComponent") // handed straight on, compared by no one
  record Accepted(byte[] bytes, String contentType) implements LocalCheck {}

  /** A file that is not sent, and why. */
  record Refused(String reason) implements LocalCheck {}

  /** Reads {@code path} whole, at most {@code limits.maxBytes()} of it. */
  static LocalCheck read(Path path, ImageLimits limits) {
    try {
      if (!Files.isRegularFile(path)) {
        return new Refused("not a regular file, or a link to nothing");
      }
      long size = Files.size(path);
      if (size > limits.maxBytes()) {
        return new Refused("%d bytes, at most %d allowed".formatted(size, limits.maxBytes()));
      }
      byte[] bytes = Files.readAllBytes(path);
      if (bytes.length == 0) {
        return new Refused("empty file");
      }
      return ImageFormat.recognise(bytes)
          .<LocalCheck>map(format -> new Accepted(bytes, format.mediaType()))
          .orElseGet(() -> new Refused("not a JPEG, PNG, GIF, BMP or WebP file"));
    } catch (AccessDeniedException e) {
      return new Refused("no permission to read it");
    } catch (IOException e) {
      return new Refused("cannot be read: " + e.getMessage());
    }
  }
}
