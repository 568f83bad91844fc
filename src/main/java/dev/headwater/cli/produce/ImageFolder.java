package dev.headwater.cli.produce;

import dev.headwater.cli.client.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A folder of images laid out as {@code class/file} or {@code domain/class/file}.
 *
 * <p>Which of the two follows from its depth. Hidden files and folders do not count, nor do files
 * beside the class folders, nor links that lead back to a folder above them.
 *
 * @param hasDomains whether there are domain folders above the class folders
 * @param domains the domains' names, alphabetical; one for a flat layout
 * @param files all files in class folders, by domain, class and name
 * @param classes the class folders' names by domain, empty folders too, all alphabetical
 */
public record ImageFolder(
    boolean hasDomains,
    List<String> domains,
    List<LabelledFile> files,
    TreeMap<String, TreeSet<String>> classes) {

  /**
   * Scans {@code dir}.
   *
   * @param flatDomain the domain of a flat layout; the folder's name if empty
   * @throws CommandFailedException if it cannot be read or is laid out in neither way
   */
  public static ImageFolder scan(Path dir, Optional<String> flatDomain) {
    if (!Files.isDirectory(dir)) {
      throw new CommandFailedException(
          Files.exists(dir)
              ? "%s is a file, expected a folder with a folder per class".formatted(dir)
              : "there is no folder %s".formatted(dir));
    }
    try {
      var top = folders(dir);
      if (top.isEmpty()) {
        throw new CommandFailedException(
            "%s has no folders, expected a folder per class".formatted(dir));
      }
      return areClasses(dir, top)
          ? scanFlat(flatDomain.orElseGet(() -> nameOf(dir)), top)
          : scanDomains(top);
    } catch (IOException e) {
      throw new CommandFailedException("cannot list the folders of %s: %s".formatted(dir, e), e);
    }
  }

  private static boolean areClasses(Path dir, List<Path> top) throws IOException {
    var withFolders = new ArrayList<Path>();
    var withFilesOnly = new ArrayList<Path>();
    for (var folder : top) {
      if (!folders(folder).isEmpty()) {
        withFolders.add(folder);
      } else if (!files(folder).isEmpty()) {
        withFilesOnly.add(folder);
      }
    }
    if (!withFolders.isEmpty() && !withFilesOnly.isEmpty()) {
      throw new CommandFailedException(
          "%s mixes two layouts: %s has folders, %s has files only; expected class/file or"
                  .formatted(dir, nameOf(withFolders.get(0)), nameOf(withFilesOnly.get(0)))
              + " domain/class/file throughout");
    }
    return withFolders.isEmpty();
  }

  private static ImageFolder scanFlat(String domain, List<Path> top) throws IOException {
    var files = new ArrayList<LabelledFile>();
    var classes = new TreeMap<String, TreeSet<String>>();
    addClasses(domain, top, files, classes);
    return new ImageFolder(false, List.of(domain), files, classes);
  }

  private static ImageFolder scanDomains(List<Path> top) throws IOException {
    var files = new ArrayList<LabelledFile>();
    var classes = new TreeMap<String, TreeSet<String>>();
    for (var folder : top) {
      addClasses(nameOf(folder), folders(folder), files, classes);
    }
    return new ImageFolder(true, List.copyOf(classes.keySet()), files, classes);
  }

  private static void addClasses(
      String domain,
      List<Path> classFolders,
      List<LabelledFile> files,
      TreeMap<String, TreeSet<String>> classes)
      throws IOException {
    var names = classes.computeIfAbsent(domain, d -> new TreeSet<>());
    for (var folder : classFolders) {
      var deeper = folders(folder);
      if (!deeper.isEmpty()) {
        throw new CommandFailedException(
            "%s is a folder inside a class folder; expected class/file or domain/class/file"
                .formatted(deeper.get(0)));
      }
      names.add(nameOf(folder));
      for (var file : files(folder)) {
        files.add(new LabelledFile(file, domain, nameOf(folder)));
      }
    }
  }

  private static List<Path> folders(Path dir) throws IOException {
    try (var entries = Files.list(dir)) {
      return entries
          .filter(ImageFolder::isVisible)
          .filter(Files::isDirectory)
          .filter(folder -> !leadsBack(folder))
          .sorted(Comparator.comparing(ImageFolder::nameOf))
          .toList();
    }
  }

  private static List<Path> files(Path dir) throws IOException {
    try (var entries = Files.list(dir)) {
      return entries
          .filter(ImageFolder::isVisible)
          .filter(entry -> !Files.isDirectory(entry))
          .sorted(Comparator.comparing(ImageFolder::nameOf))
          .toList();
    }
  }

  private static boolean isVisible(Path entry) {
    return !nameOf(entry).startsWith(".");
  }

  private static boolean leadsBack(Path folder) {
    if (!Files.isSymbolicLink(folder)) {
      return false;
    }
    try {
      var parent = folder.toAbsolutePath().getParent().toRealPath();
      return parent.startsWith(folder.toRealPath());
    } catch (IOException e) {
      throw new CommandFailedException("cannot follow the link %s: %s".formatted(folder, e), e);
    }
  }

  private static String nameOf(Path path) {
    var name = path.getFileName();
    if (name != null && !name.toString().isEmpty() && !name.toString().matches("\\.{1,2}")) {
      return name.toString();
    }
    var absolute = path.toAbsolutePath().normalize().getFileName();
    return absolute == null ? "root" : absolute.toString();
  }
}
