package dev.headwater.cli.client;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Prints the records of a topic for a person or as JSON lines, until enough or nobody reads.
 *
 * @param <R> what a record is read as
 */
public abstract class RecordPrinter<R> implements Predicate<ConsumerRecords<byte[], byte[]>> {
  protected final Console console;
  protected final Optional<String> model;
  private final boolean json;
  private final OptionalLong max;
  private long printed;
  private long unreadable;

  /**
   * @param model prints what is of this one only
   */
  protected RecordPrinter(Console console, boolean json, Optional<String> model, OptionalLong max) {
    this.console = console;
    this.json = json;
    this.model = model;
    this.max = max;
  }

  /** What a record is, with its article, for the sentence on one that is not. */
  protected abstract String kind();

  /** Reads a record; empty if it is not what it should be. */
  protected abstract Optional<R> read(ConsumerRecord<byte[], byte[]> found);

  protected abstract String modelOf(R read);

  /** Whether to print one, of the model asked for. */
  protected boolean isWanted(R read) {
    return true;
  }

  /**
   * Prints one for a person.
   *
   * @param first whether nothing was printed before
   */
  protected abstract void printRow(R read, boolean first);

  /** Prints one for a program: the JSON that is on the topic. */
  protected void printJson(R read, ConsumerRecord<byte[], byte[]> found) {
    console.out().write(found.value(), 0, found.value().length);
    console.out().write('\n');
  }

  /** Says why nothing was printed. */
  protected abstract String whyNone();

  /** Reads a topic to its end or for as long as is wanted, and returns the exit code. */
  public final int print(KafkaClients clients, String topic, ReadingOptions reading) {
    clients.require(List.of(topic));
    try (var interruption = Interruption.listen();
        var consumer = clients.consumer()) {
      var reader = new TopicReader(consumer, topic, reading.fromBeginning(), reading.follow());
      reader.forEachBatch(this, interruption::requested);
      if (!json) {
        finish(printed == 0);
      }
      console.out().flush();
      return interruption.requested()
          ? ExitCode.INTERRUPTED
          : unreadable > 0 ? ExitCode.FAILED : ExitCode.OK;
    }
  }

  /** Says what a person should know of the whole. */
  protected void finish(boolean none) {
    if (none) {
      console.say(whyNone());
    }
  }

  @Override
  public final boolean test(ConsumerRecords<byte[], byte[]> batch) {
    for (var found : inTime(batch)) {
      if (!wantsMore()) {
        return false;
      }
      print(found);
    }
    // checkError flushes, and tells of a closed pipe: "headwater predictions | head" ends quietly.
    return !console.out().checkError() && wantsMore();
  }

  /** Partitions come one after the other; a person reads what happened when. */
  private static List<ConsumerRecord<byte[], byte[]>> inTime(
      ConsumerRecords<byte[], byte[]> batch) {
    var records = new ArrayList<ConsumerRecord<byte[], byte[]>>(batch.count());
    batch.forEach(records::add);
    records.sort(Comparator.comparingLong(ConsumerRecord::timestamp));
    return records;
  }

  private boolean wantsMore() {
    return max.isEmpty() || printed < max.getAsLong();
  }

  private void print(ConsumerRecord<byte[], byte[]> found) {
    var read = read(found);
    if (read.isEmpty()) {
      unreadable++;
      console.say(
          "%s partition %d offset %d is not %s: left out"
              .formatted(found.topic(), found.partition(), found.offset(), kind()));
      return;
    }
    R one = read.get();
    if (model.isPresent() && !model.get().equals(modelOf(one)) || !isWanted(one)) {
      return;
    }
    if (json) {
      printJson(one, found);
    } else {
      printRow(one, printed == 0);
    }
    printed++;
  }
}
