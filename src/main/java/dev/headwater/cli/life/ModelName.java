package dev.headwater.cli.life;

import dev.headwater.event.Fields;
import dev.headwater.event.RejectedException;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Takes names that a model can have, and thus no path of another kind. */
final class ModelName implements ITypeConverter<String> {
  @Override
  public String convert(String text) {
    try {
      return Fields.model(Optional.of(text));
    } catch (RejectedException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
