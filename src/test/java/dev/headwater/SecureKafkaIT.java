package dev.headwater;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.headwater.backbone.RandomWeightsFile;
import dev.headwater.broker.SecureBroker;
import dev.headwater.broker.ServiceRights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged application and a Kafka that asks who comes, by configuration alone: as
 * docs/security.md describes it, with the rights of its table and no more.
 */
class SecureKafkaIT {
  private static final String PASSWORD = "scram$password-of${the}service";
  private static final String OF_CAMERA = "scram-password-of-the-camera";
  private static final String OF_READER = "scram-password-of-the-reader";
  private static final String TOKEN = "an-api-token-for-this-test";

  @TempDir static Path directory;
  static TestCertificates certificates;
  static SecureBroker broker;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(HeadwaterProcess.isPackaged(), "needs the packaged application: mvn package");
    certificates = TestCertificates.in(directory.resolve("certificates"));
    for (String name : List.of("broker", "headwater", "camera")) {
      certificates.sign(name);
    }
    broker = SecureBroker.start(directory.resolve("broker"), certificates);
    broker.addUsers(Map.of("headwater", PASSWORD, "camera", OF_CAMERA, "reader", OF_READER));
    for (String prefix : List.of("headwater.", "mutual.")) {
      var rights = new ServiceRights(broker, prefix);
      rights.allowService("headwater");
      rights.allowSender("camera");
      rights.allowLabeller("camera");
      rights.allowReader("reader");
    }
  }

  @AfterAll
  static void stop() {
    if (broker != null) {
      broker.close();
    }
  }

  /** Whatever a test does, and however it ends: no process writes a secret. */
  @AfterEach
  void shouldHaveWrittenNoSecretAnywhere() throws IOException {
    var secrets =
        List.of(
            PASSWORD, OF_CAMERA, OF_READER, TOKEN, TestCertificates.PASSWORD, "ScramLoginModule");
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".txt")).toList()) {
        assertThat(Files.readString(file)).as("%s", file).doesNotContain(secrets);
      }
    }
  }

  @Test
  void shouldPredictAndLearnOverSaslSslWithTheRightsOfTheTable() throws Exception {
    var environment = saslEnvironment(PASSWORD);
    environment.put("HEADWATER_HTTP_TOKEN", TOKEN);
    environment.put("QUARKUS_LOG_CATEGORY__ORG_APACHE_KAFKA__LEVEL", "DEBUG");
    try (var service =
        ServiceUnderTest.start(directory, RandomWeightsFile.option(directory), environment)) {
      var produced =
          produce(
              broker.sasl(), "headwater.", saslFile("camera", OF_CAMERA), "--delay-labels", "50ms");
      assertThat(produced.exitCode()).as("%s", produced.err()).isZero();
      service.awaitModel("default", model -> model.get("examples").asInt() == 4);
      assertMovedImagesArePredictedAndDeleted(service);
      var predicted = predictions(broker.sasl(), "headwater.", saslFile("reader", OF_READER));
      assertThat(predicted.exitCode()).as("%s", predicted.err()).isZero();
      assertThat(predicted.out()).hasSize(5);
      assertThat(service.said()).contains("DEBUG [or.ap.ka.");
      assertThat(service.get("/q/health").body()).doesNotContain(PASSWORD).doesNotContain(TOKEN);
    }
  }

  /** Sends an image to each partition, of which one is its home: the id is seen again elsewhere. */
  private static void assertMovedImagesArePredictedAndDeleted(ServiceUnderTest service) {
    byte[] id = "moved".getBytes(StandardCharsets.UTF_8);
    try (var camera =
        new KafkaProducer<>(
            with(sasl("camera", OF_CAMERA), "bootstrap.servers", broker.sasl()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int partition = 0; partition < 4; partition++) {
        var image = new ProducerRecord<>("headwater.images", partition, id, Garbage.goodImage());
        Eventually.done(camera.send(image));
      }
    }
    service.awaitModel("default", model -> model.get("repeated").asInt() == 3);
    int home = BuiltInPartitioner.partitionForKey(id, 4);
    Eventually.get(
        "deletion of what was moved",
        () -> broker.deletedUpTo("headwater.inference-moved-images-repartition", home),
        deleted -> deleted > 0);
  }

  private static Map<String, Object> with(
      Map<String, String> properties, String name, String value) {
    var all = new HashMap<String, Object>(properties);
    all.put(name, value);
    return all;
  }

  @Test
  void shouldPredictAndLearnWithACertificateWhosePasswordIsInAFile() throws Exception {
    Path secrets = directory.resolve("secrets.properties");
    Files.writeString(secrets, "store=" + TestCertificates.PASSWORD + "\n");
    var environment = new HashMap<String, String>();
    environment.put("KAFKA_BOOTSTRAP_SERVERS", broker.mutual());
    environment.put("HEADWATER_TOPIC_PREFIX", "mutual.");
    environment.put("KAFKA_CONFIG_PROVIDERS", "file");
    environment.put(
        "KAFKA_CONFIG_PROVIDERS_FILE_CLASS",
        "org.apache.kafka.common.config.provider.FileConfigProvider");
    String password = "${file:" + secrets + ":store}";
    mutual("headwater", password).forEach((name, value) -> environment.put(variable(name), value));
    try (var service =
        ServiceUnderTest.start(directory, RandomWeightsFile.option(directory), environment)) {
      Path camera = file(mutual("camera", TestCertificates.PASSWORD));
      var produced = produce(broker.mutual(), "mutual.", camera);
      assertThat(produced.exitCode()).as("%s", produced.err()).isZero();
      service.awaitModel("default", model -> model.get("examples").asInt() == 4);
      var predicted = predictions(broker.sasl(), "mutual.", saslFile("reader", OF_READER));
      assertThat(predicted.out()).as("%s", predicted.err()).hasSize(4);
    }
  }

  @Test
  void shouldRefuseAWrongPasswordInOneSentence() throws Exception {
    assertRefused(
        up(saslEnvironment("wrong-password")),
        "Kafka did not let us describe the brokers: Authentication failed during authentication due"
            + " to invalid credentials with SASL mechanism SCRAM-SHA-512; check the security"
            + " settings");
    var file = saslFile("camera", "wrong-password");
    assertRefused(produce(broker.sasl(), "headwater.", file), "invalid credentials");
  }

  @Test
  void shouldRefuseAMissingCertificateInOneSentence() throws Exception {
    var environment = new HashMap<String, String>();
    environment.put("KAFKA_BOOTSTRAP_SERVERS", broker.mutual());
    trust().forEach((name, value) -> environment.put(variable(name), value));
    environment.put("KAFKA_SECURITY_PROTOCOL", "SSL");
    assertRefused(up(environment), "certificate");
    var properties = trust();
    properties.put("security.protocol", "SSL");
    assertRefused(produce(broker.mutual(), "headwater.", file(properties)), "certificate");
  }

  @Test
  void shouldRefuseABrokerOfAnotherAuthorityInOneSentence() throws Exception {
    var other = TestCertificates.in(directory.resolve("other"));
    var environment = saslEnvironment(PASSWORD);
    environment.put("KAFKA_SSL_TRUSTSTORE_LOCATION", other.truststore().toString());
    assertRefused(up(environment), "Kafka did not let us describe the brokers: Signature does not");
  }

  @Test
  void shouldSayWhichStoreItCannotRead() throws Exception {
    var environment = saslEnvironment(PASSWORD);
    environment.put("KAFKA_SSL_TRUSTSTORE_LOCATION", directory.resolve("none.p12").toString());
    assertRefused(
        up(environment), "refuses what is given as kafka.… or KAFKA_…: java.nio.file.NoSuch");
  }

  private static HeadwaterProcess.Finished up(Map<String, String> environment) throws Exception {
    var words = new ArrayList<>(List.of("up", "--port", "" + FreePorts.next()));
    words.addAll(List.of("--data", directory.resolve("refused").toString()));
    words.addAll(RandomWeightsFile.option(directory));
    return HeadwaterProcess.run(directory, environment, words.toArray(String[]::new));
  }

  private static void assertRefused(HeadwaterProcess.Finished refused, String why) {
    assertThat(refused.exitCode()).as("%s", refused.err()).isEqualTo(1);
    assertThat(refused.sentences())
        .filteredOn(line -> !line.contains("weights taken from"))
        .singleElement()
        .asString()
        .contains(why);
    assertThat(refused.err()).noneMatch(line -> line.startsWith("\tat "));
  }

  private static HeadwaterProcess.Finished produce(
      String bootstrap, String prefix, Path config, String... options) throws Exception {
    String images = RealFiles.drawnImages(directory).toString();
    var words = new ArrayList<>(List.of("produce", images, "--limit", "4"));
    words.addAll(List.of(options));
    return client(bootstrap, prefix, config, words.toArray(String[]::new));
  }

  private static HeadwaterProcess.Finished predictions(String bootstrap, String prefix, Path config)
      throws Exception {
    return client(bootstrap, prefix, config, "predictions", "--json");
  }

  private static HeadwaterProcess.Finished client(
      String bootstrap, String prefix, Path config, String... words) throws Exception {
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--bootstrap", bootstrap, "--topic-prefix", prefix));
    all.addAll(List.of("--kafka-config", config.toString()));
    return HeadwaterProcess.run(directory, Map.of(), all.toArray(String[]::new));
  }

  private static Map<String, String> saslEnvironment(String password) {
    var environment = new HashMap<String, String>();
    environment.put("KAFKA_BOOTSTRAP_SERVERS", broker.sasl());
    sasl("headwater", password).forEach((name, value) -> environment.put(variable(name), value));
    return environment;
  }

  private static String variable(String name) {
    return "KAFKA_" + name.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  private static Path saslFile(String user, String password) throws IOException {
    return file(sasl(user, password));
  }

  private static Map<String, String> sasl(String user, String password) {
    var properties = trust();
    properties.put("security.protocol", "SASL_SSL");
    properties.put("sasl.mechanism", "SCRAM-SHA-512");
    properties.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(user, password));
    return properties;
  }

  private static Map<String, String> mutual(String name, String storePassword) {
    var properties = trust();
    properties.put("security.protocol", "SSL");
    properties.put("ssl.keystore.location", certificates.keystore(name).toString());
    properties.put("ssl.keystore.password", storePassword);
    return properties;
  }

  private static Map<String, String> trust() {
    var properties = new HashMap<String, String>();
    properties.put("ssl.truststore.location", certificates.truststore().toString());
    properties.put("ssl.truststore.password", TestCertificates.PASSWORD);
    return properties;
  }

  private static Path file(Map<String, String> properties) throws IOException {
    var all = new Properties();
    all.putAll(properties);
    Path file = Files.createTempFile(directory, "client", ".properties");
    try (var writer = Files.newBufferedWriter(file)) {
      all.store(writer, null);
    }
    return file;
  }
}
