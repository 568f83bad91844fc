package dev.headwater.cli.life;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Takes whole numbers from 1 on. */
final class VersionNumber implements ITypeConverter<Long> {
  @Override
  public Long convert(String text) {
    try {
      long version = Long.parseLong(text);
      if (version >= 1) {
        return version;
      }
    } catch (NumberFormatException e) {
      throw refusal(text);
    }
    throw refusal(text);
  }

  private static TypeConversionException refusal(String text) {
    return new TypeConversionException(
        "expected a version, a whole number from 1 on, found '" + text + "'");
  }
}
