package dev.headwater.cli.produce;

import java.nio.file.Path;

/**
 * A file in a class folder.
 *
 * @param path the file
 * @param domain the folder above the class folder, or the name given to the whole
 * @param className the class folder
 */
public record LabelledFile(Path path, String domain, String className) {}
