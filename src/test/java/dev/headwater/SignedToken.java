package dev.headwater;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;

/** JSON Web Tokens as an OIDC server would sign them (RS256), without a server. */
final class SignedToken {
  private final KeyPair keys;

  SignedToken() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    keys = generator.generateKeyPair();
  }

  /** Returns what verifies the signatures, in the form that Quarkus' configuration takes. */
  String publicKey() {
    return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
  }

  /** Returns a token of a caller with groups, given as a JSON array. */
  String of(String groups, Instant expires) throws GeneralSecurityException {
    String claims =
        """
        {"iss": "https://issuer.test", "sub": "caller", "iat": %d, "exp": %d, "groups": %s}"""
            .formatted(Instant.now().getEpochSecond(), expires.getEpochSecond(), groups);
    String signed = base64("{\"alg\": \"RS256\", \"typ\": \"JWT\"}") + "." + base64(claims);
    var signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(keys.getPrivate());
    signature.update(signed.getBytes(UTF_8));
    return signed + "." + base64(signature.sign());
  }

  private static String base64(String text) {
    return base64(text.getBytes(UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
