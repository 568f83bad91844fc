package dev.headwater;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A certificate authority made with the JDK's keytool, and what it signs, as docs/security.md says.
 */
public final class TestCertificates {
  /** Of every store. */
  public static final String PASSWORD = "store-password-5f1c";

  private static final long PATIENCE_SECONDS = 60;

  private final Path directory;

  private TestCertificates(Path directory) {
    this.directory = directory;
  }

  /** Makes the authority, and the store that says to trust it. */
  public static TestCertificates in(Path directory) throws IOException, InterruptedException {
    var made = new TestCertificates(Files.createDirectories(directory));
    made.generate("ca", "-ext", "bc:c", "-ext", "ku:c=keyCertSign");
    made.keytool("ca.p12", "-exportcert", "-alias", "ca", "-rfc", "-file", made.at("ca.crt"));
    made.keytool(
        "truststore.p12", "-importcert", "-alias", "ca", "-file", made.at("ca.crt"), "-noprompt");
    return made;
  }

  /** Makes a key and its certificate, signed by the authority, in a store of their own. */
  public Path sign(String name) throws IOException, InterruptedException {
    generate(name, "-signer", "ca", "-ext", "san=dns:localhost,ip:127.0.0.1");
    keytool(
        name + ".p12",
        "-importkeystore",
        "-srckeystore",
        at("ca.p12"),
        "-srcstorepass",
        PASSWORD,
        "-srcalias",
        name);
    return keystore(name);
  }

  private void generate(String name, String... more) throws IOException, InterruptedException {
    var arguments = new ArrayList<>(List.of("-genkeypair", "-alias", name, "-dname", "CN=" + name));
    arguments.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
    arguments.addAll(List.of(more));
    keytool("ca.p12", arguments.toArray(String[]::new));
  }

  private void keytool(String store, String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    String option = List.of(arguments).contains("-importkeystore") ? "-dest" : "-";
    command.addAll(List.of(option + "keystore", at(store), option + "storepass", PASSWORD));
    Path log = Files.createTempFile(directory, "keytool", ".txt");
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError("%s failed: %s".formatted(command, Files.readString(log)));
    }
  }

  /** The store of a key and its certificate. */
  public Path keystore(String name) {
    return directory.resolve(name + ".p12");
  }

  /** The store of the authority's certificate. */
  public Path truststore() {
    return directory.resolve("truststore.p12");
  }

  private String at(String file) {
    return directory.resolve(file).toString();
  }
}
