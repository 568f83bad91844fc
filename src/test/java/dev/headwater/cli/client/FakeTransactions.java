package dev.headwater.cli.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A mock producer of transactions whose committed records can be read from the log. */
public final class FakeTransactions extends MockProducer<byte[], byte[]> {
  private final FakeLog log;
  private final Predicate<ProducerRecord<byte[], byte[]>> tooLarge;
  private final List<List<ProducerRecord<byte[], byte[]>>> committed = new ArrayList<>();

  FakeTransactions(FakeLog log, Predicate<ProducerRecord<byte[], byte[]>> tooLarge) {
    super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    this.log = log;
    this.tooLarge = tooLarge;
  }

  /** What each transaction held. */
  public List<List<ProducerRecord<byte[], byte[]>>> committed() {
    return List.copyOf(committed);
  }

  @Override
  public synchronized Future<RecordMetadata> send(
      ProducerRecord<byte[], byte[]> outgoing, Callback callback) {
    if (tooLarge.test(outgoing)) {
      var failure = new RecordTooLargeException("too large for the topic");
      callback.onCompletion(null, failure);
      return CompletableFuture.failedFuture(failure);
    }
    return super.send(outgoing, callback);
  }

  @Override
  public void commitTransaction() {
    var before = history().size();
    super.commitTransaction();
    var all = history();
    committed.add(List.copyOf(all.subList(before, all.size())));
    for (var sent : committed.get(committed.size() - 1)) {
      var found =
          new ConsumerRecord<>(sent.topic(), 0, log.end(sent.topic()), sent.key(), sent.value());
      sent.headers().forEach(found.headers()::add);
      log.add(found);
    }
  }
}
