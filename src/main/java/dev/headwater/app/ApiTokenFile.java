package dev.headwater.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** The file of a data directory that holds the token which was made for it. */
public final class ApiTokenFile {
  /** Its name in the data directory. */
  public static final String NAME = "api-token";

  private ApiTokenFile() {}

  /**
   * Returns the token of a directory that no other process uses; makes one where there is none.
   *
   * @throws IllegalStateException if everybody may read or write the file, or it holds no token
   */
  static ApiToken in(Path directory) {
    Path file = directory.resolve(NAME);
    try {
      if (Files.notExists(file)) {
        create(file);
      }
      requirePrivate(file);
      return ApiToken.of(Files.readString(file, US_ASCII).strip(), file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read or write " + file, e);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(e.getMessage() + "; or delete the file to get a new one", e);
    }
  }

  /** Writes beside and renames, so that a kill leaves nothing half made, and nobody reads it. */
  private static void create(Path file) throws IOException {
    Path unfinished = file.resolveSibling(NAME + ".unfinished");
    Files.deleteIfExists(unfinished);
    Files.createFile(unfinished, ownerOnly(file));
    Files.writeString(unfinished, ApiToken.draw() + "\n", US_ASCII);
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };
  }

  private static void requirePrivate(Path file) throws IOException {
    var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    var permissions = view.readAttributes().permissions();
    if (permissions.contains(OTHERS_READ) || permissions.contains(OTHERS_WRITE)) {
      throw new IllegalStateException(
          "%s is open to every user of this machine (%s): delete it to get a new one, or chmod 600"
              .formatted(file, PosixFilePermissions.toString(permissions)));
    }
  }
}
