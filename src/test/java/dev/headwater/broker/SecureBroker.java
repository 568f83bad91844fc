package dev.headwater.broker;

import static org.apache.kafka.common.acl.AclPermissionType.ALLOW;

import dev.headwater.Eventually;
import dev.headwater.FreePorts;
import dev.headwater.TestCertificates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourcePattern;

/**
 * A broker that others reach by SASL_SSL with SCRAM-SHA-512, or by TLS with a certificate of their
 * own, and that lets nobody do what no rule allows. The test itself administers it on loopback.
 */
public final class SecureBroker implements AutoCloseable {
  private static final int ITERATIONS = 4096;

  private final int sasl = FreePorts.next();
  private final int mutual = FreePorts.next();
  private final EmbeddedBroker broker;
  private final Admin admin;

  private SecureBroker(Path directory, TestCertificates certificates) {
    int plain = FreePorts.next();
    broker = EmbeddedBroker.start(directory, plain, settings(plain, certificates));
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  /** Starts a broker whose data is in {@code directory}, with the certificate of that name. */
  public static SecureBroker start(Path directory, TestCertificates certificates) {
    return new SecureBroker(directory, certificates);
  }

  private Map<String, String> settings(int plain, TestCertificates certificates) {
    int controller = FreePorts.next();
    String clients =
        "PLAINTEXT://127.0.0.1:%d,SASL_SSL://127.0.0.1:%d,SSL://127.0.0.1:%d"
            .formatted(plain, sasl, mutual);
    var settings = new HashMap<String, String>();
    settings.put("listeners", clients + ",CONTROLLER://127.0.0.1:" + controller);
    settings.put("advertised.listeners", clients);
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
    settings.put(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL,SSL:SSL,CONTROLLER:PLAINTEXT");
    settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
    settings.put(
        "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    settings.put("ssl.keystore.location", certificates.keystore("broker").toString());
    settings.put("ssl.keystore.password", TestCertificates.PASSWORD);
    settings.put("ssl.truststore.location", certificates.truststore().toString());
    settings.put("ssl.truststore.password", TestCertificates.PASSWORD);
    settings.put("listener.name.ssl.ssl.client.auth", "required");
    settings.put("ssl.principal.mapping.rules", "RULE:^CN=([^,]+).*$/$1/,DEFAULT");
    settings.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    settings.put("super.users", "User:ANONYMOUS");
    return settings;
  }

  /** Where clients with a password connect. */
  public String sasl() {
    return "127.0.0.1:" + sasl;
  }

  /** Where clients with a certificate connect. */
  public String mutual() {
    return "127.0.0.1:" + mutual;
  }

  /** Makes users known, and waits until the broker knows them. */
  public void addUsers(Map<String, String> passwords) {
    var info = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS);
    var users =
        passwords.entrySet().stream()
            .map(user -> new UserScramCredentialUpsertion(user.getKey(), info, user.getValue()))
            .map(org.apache.kafka.clients.admin.UserScramCredentialAlteration.class::cast)
            .toList();
    Eventually.done(
        admin.alterUserScramCredentials(users).all().toCompletionStage().toCompletableFuture());
  }

  /** Allows a user something, as {@code kafka-acls.sh --add --allow-principal} does. */
  public void allow(String user, ResourcePattern resource, AclOperation... operations) {
    Collection<AclBinding> rules = new ArrayList<>();
    for (var operation : operations) {
      rules.add(
          new AclBinding(resource, new AccessControlEntry("User:" + user, "*", operation, ALLOW)));
    }
    Eventually.done(
        admin.createAcls(List.copyOf(rules)).all().toCompletionStage().toCompletableFuture());
  }

  /** Returns how many records of a partition were deleted, which is where its first one is. */
  public long deletedUpTo(String topic, int partition) {
    var at = new TopicPartition(topic, partition);
    var first = admin.listOffsets(Map.of(at, OffsetSpec.earliest())).partitionResult(at);
    return Eventually.done(first.toCompletionStage().toCompletableFuture()).offset();
  }

  /** Closes the client, then the broker. */
  @Override
  public void close() {
    admin.close();
    broker.close();
  }
}
