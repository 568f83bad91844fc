package dev.headwater.backbone;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** A gzipped tar archive, which is what npm packages are, read without unpacking it. */
public final class Tarball {
  private Tarball() {}

  /**
   * Opens the entry of a name.
   *
   * @throws FileNotFoundException if there is none
   */
  public static InputStream open(Path file, String name) throws IOException {
    var packed = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    var tar = new TarArchiveInputStream(new GZIPInputStream(packed));
    for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      if (entry.getName().equals(name)) {
        return tar;
      }
    }
    tar.close();
    throw new FileNotFoundException("it holds no " + name);
  }
}
