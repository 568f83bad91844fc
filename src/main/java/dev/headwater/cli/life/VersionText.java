package dev.headwater.cli.life;

import dev.headwater.cli.client.SafeText;
import dev.headwater.event.ModelVersion;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is known of a version, for people. */
final class VersionText {
  private static final String NONE = "-";

  private VersionText() {}

  /** Name and value of each field, in the order in which they are read. */
  static Map<String, String> fields(ModelVersion version) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("version", Long.toString(version.version()));
    fields.put("in service", version.served() ? "yes" : "no");
    fields.put("parent", parent(version.parent()));
    fields.put("created at", version.createdAt().toString());
    fields.put("created by", SafeText.printable(version.createdBy()));
    fields.put("examples", Long.toString(version.examples()));
    fields.put("accuracy", share(version.accuracy()));
    fields.put("window accuracy", share(version.windowAccuracy()));
    fields.put("threshold", Double.toString(version.threshold()));
    fields.put("classes", SafeText.printable(String.join(" / ", version.classes())));
    fields.put("backbone", SafeText.printable(version.backbone()));
    return fields;
  }

  static String parent(long parent) {
    return parent == 0 ? NONE : Long.toString(parent);
  }

  static String share(Optional<Double> share) {
    return share.map(value -> String.format(Locale.ROOT, "%.3f", value)).orElse(NONE);
  }

  /** In four digits that count. */
  static String threshold(double threshold) {
    return new BigDecimal(threshold).round(new MathContext(4)).stripTrailingZeros().toPlainString();
  }
}
