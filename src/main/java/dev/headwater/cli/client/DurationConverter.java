package dev.headwater.cli.client;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalUnit;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a duration as the configuration writes it: {@code 250ms}, {@code 10s}, {@code 5m}. */
public final class DurationConverter implements ITypeConverter<Duration> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Map<String, TemporalUnit> UNITS =
      Map.of(
          "ms", ChronoUnit.MILLIS,
          "s", ChronoUnit.SECONDS,
          "m", ChronoUnit.MINUTES,
          "h", ChronoUnit.HOURS,
          "d", ChronoUnit.DAYS);
  private static final Duration LONGEST = Duration.ofDays(365);

  @Override
  public Duration convert(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      throw new TypeConversionException(
          "expected a duration like 250ms, 10s, 5m or 2h, found '%s'".formatted(text));
    }
    var duration = Duration.of(Long.parseLong(form.group(1)), UNITS.get(form.group(2)));
    if (duration.compareTo(LONGEST) > 0) {
      throw new TypeConversionException(
          "expected a duration of at most %d days, found '%s'".formatted(LONGEST.toDays(), text));
    }
    return duration;
  }
}
