package dev.headwater.cli.life;

import dev.headwater.event.Fields;
import dev.headwater.event.RejectedException;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Accepts valid model names only, so that no other path can be requested. */
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
