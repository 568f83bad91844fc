package dev.headwater;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The schemas of the project, as a consumer would apply them. */
public final class Schemas {
  private static final Path FOLDER = Path.of("schemas");

  private Schemas() {}

  /** Returns the text of a schema, such as {@code prediction.v1}. */
  public static String text(String name) {
    try {
      return Files.readString(FOLDER.resolve(name + ".schema.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what is wrong with a JSON text. */
  public static Set<ValidationMessage> faults(String name, String json) {
    var config = SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    return JsonSchemaFactory.getInstance(VersionFlag.V202012)
        .getSchema(text(name), config)
        .validate(json, InputFormat.JSON);
  }

  public static void assertValid(String name, String json) {
    assertThat(faults(name, json)).as("%s by %s", json, name).isEmpty();
  }
}
