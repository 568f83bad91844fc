package dev.headwater.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a broker acknowledged is there after kill -9, and the next one starts within seconds. */
class KilledBrokerLosesNothingTest {
  private static final int RECORDS = 1000;

  @TempDir Path dir;

  @Test
  void shouldServeEveryAcknowledgedRecordAfterKill() throws Exception {
    try (var child = ChildJvm.run(BrokerProcess.class, dir.toString())) {
      fill(child.readLine());
      child.kill();
    }
    long start = System.nanoTime();
    try (var broker = TestBroker.start(dir)) {
      var took = Duration.ofNanos(System.nanoTime() - start);
      System.out.printf("broker restart after kill -9: %d ms%n", took.toMillis());
      assertThat(broker.read("kept", RECORDS))
          .extracting(record -> ByteBuffer.wrap(record.value()).getInt())
          .containsExactlyElementsOf(IntStream.range(0, RECORDS).boxed().toList());
      assertThat(took).isLessThan(Duration.ofSeconds(30));
    }
  }

  private static void fill(String servers) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", servers, "acks", "all");
    try (var admin = Admin.create(settings);
        var producer =
            new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1))).all().get();
      var acknowledgements = new ArrayList<Future<RecordMetadata>>();
      for (int i = 0; i < RECORDS; i++) {
        byte[] value = ByteBuffer.allocate(4).putInt(i).array();
        acknowledgements.add(producer.send(new ProducerRecord<>("kept", value)));
      }
      for (var acknowledgement : acknowledgements) {
        acknowledgement.get();
      }
    }
  }
}
