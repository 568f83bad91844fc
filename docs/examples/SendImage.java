import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.CloudEventSerializer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends an image, and afterwards its label, with the CloudEvents SDK. On the class path of
 * {@code io.cloudevents:cloudevents-kafka}, or of a built Headwater:
 *
 * <pre>java -cp 'target/quarkus-app/lib/main/*' docs/examples/SendImage.java localhost:9092 giraffe.jpg cam-1-0042 1</pre>
 */
public class SendImage {
  public static void main(String[] arguments) throws Exception {
    String id = arguments[2];
    var image =
        CloudEventBuilder.v1()
            .withId(id)
            .withSource(URI.create("/cameras/1"))
            .withType("dev.headwater.image.v1")
            .withTime(OffsetDateTime.now())
            .withExtension("domain", "night")
            .withData("image/jpeg", Files.readAllBytes(Path.of(arguments[1])))
            .build();
    var label =
        CloudEventBuilder.v1()
            .withId(id + "-label")
            .withSource(URI.create("/people/desk-3"))
            .withType("dev.headwater.label.v1")
            .withSubject(id)
            .withData("application/json", ("{\"label\": \"" + arguments[3] + "\"}").getBytes())
            .build();
    Map<String, Object> settings =
        Map.of("bootstrap.servers", arguments[0], "max.request.size", 25165824, "acks", "all");
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new CloudEventSerializer())) {
      producer.send(new ProducerRecord<>("headwater.images", id, image)).get();
      producer.send(new ProducerRecord<>("headwater.labels", id, label)).get();
    }
  }
}
