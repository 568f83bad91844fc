package dev.headwater.cli.label;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.headwater.cli.client.OutgoingLabel;
import dev.headwater.event.Fields;
import dev.headwater.event.RejectedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;

/**
 * Labels as a file has them: one {@code IMAGE_ID<tab or comma>CLASS} a line.
 *
 * <p>With a tab in a line its commas are part of the id or the class. Blanks around both do not
 * count, nor do empty lines.
 *
 * @param labels what the right lines say, in their order
 * @param faults what is wrong with the other lines, each a sentence that begins with its number
 */
record LabelLines(List<OutgoingLabel> labels, List<String> faults) {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** Reads UTF-8 to its end; bytes that are none become a fault of their line. */
  static LabelLines read(InputStream in) throws IOException {
    var lines = new LabelLines(new ArrayList<>(), new ArrayList<>());
    var reader = new BufferedReader(new InputStreamReader(in, UTF_8));
    int number = 0;
    for (var line = reader.readLine(); line != null; line = reader.readLine()) {
      number++;
      boolean marked = number == 1 && line.startsWith(BYTE_ORDER_MARK);
      lines.add(number, marked ? line.substring(1) : line);
    }
    return lines;
  }

  private void add(int number, String line) {
    if (line.isBlank()) {
      return;
    }
    try {
      labels.add(parse(line));
    } catch (RejectedException e) {
      faults.add("line %d: %s".formatted(number, e.getMessage()));
    } catch (Unsplittable e) {
      faults.add("line %d %s".formatted(number, e.getMessage()));
    }
  }

  private static OutgoingLabel parse(String line) throws RejectedException, Unsplittable {
    char separator = line.indexOf('\t') >= 0 ? '\t' : ',';
    int at = line.indexOf(separator);
    if (at < 0) {
      throw new Unsplittable(
          "has neither a tab nor a comma, expected IMAGE_ID, one of them, and CLASS");
    }
    if (line.indexOf(separator, at + 1) >= 0) {
      throw new Unsplittable(
          "has more than one %s, expected one between IMAGE_ID and CLASS"
              .formatted(separator == ',' ? "comma and no tab" : "tab"));
    }
    return OutgoingLabel.now(
        Fields.imageId(line.substring(0, at).strip()),
        Fields.label(line.substring(at + 1).strip()));
  }

  /** Says that a line does not fall into two parts. */
  private static final class Unsplittable extends Exception {
    private static final long serialVersionUID = 1L;

    Unsplittable(String sentence) {
      super(sentence);
    }
  }
}
