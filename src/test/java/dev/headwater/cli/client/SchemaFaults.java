package dev.headwater.cli.client;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Holds what a command writes against the schema it promises. */
public final class SchemaFaults {
  private SchemaFaults() {}

  /** What is wrong with a JSON text, by the schema of that name; nothing if it is valid. */
  public static Set<ValidationMessage> of(String schema, String json) throws IOException {
    var config = SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    var text = Files.readString(Path.of("schemas", schema + ".schema.json"));
    return JsonSchemaFactory.getInstance(VersionFlag.V202012)
        .getSchema(text, config)
        .validate(json, InputFormat.JSON);
  }
}
