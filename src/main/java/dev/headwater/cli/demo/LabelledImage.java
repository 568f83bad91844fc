package dev.headwater.cli.demo;

import java.util.function.Supplier;

/**
 * One image of a demo, painted when it is asked for.
 *
 * @param domain which vendor drew it
 * @param className what it shows: {@code food} or {@code animal}
 * @param file makes the bytes of a PNG file; equal bytes each time
 */
public record LabelledImage(String domain, String className, Supplier<byte[]> file) {}
