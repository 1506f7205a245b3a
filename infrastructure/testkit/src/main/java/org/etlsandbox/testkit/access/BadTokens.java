package org.etlsandbox.testkit.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.etlsandbox.access.TokenIssuer;

/** What no service may accept, though it asks for an administrator's rights. */
final class BadTokens {

  private static final String ADMIN = "etl.admin";
  private static final Duration LIFE = Duration.ofHours(1);

  private BadTokens() {}

  /** The value of the header {@code Authorization} by what is wrong with it; null: no header. */
  static Map<String, String> headers() {
    Instant now = Instant.now();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("none", null);
    headers.put("no bearer", "Basic ZXRsOmV0bA==");
    headers.put("empty", "Bearer ");
    headers.put("not a token", "Bearer nonsense");
    headers.put(
        "half a token", "Bearer " + TestTokens.token(now.plus(LIFE), ADMIN).split("\\.")[0]);
    headers.put("expired", "Bearer " + expired(now));
    headers.put(
        "of another issuer", "Bearer " + withTheRightKey("somebody-else", "sub", now.plus(LIFE)));
    headers.put("of nobody", "Bearer " + withTheRightKey(TestTokens.ISSUER, "", now.plus(LIFE)));
    headers.put(
        "signed with another key",
        "Bearer "
            + TokenIssuer.create(TestTokens.ISSUER)
                .issue(TestTokens.SUBJECT, List.of(ADMIN), now.plus(LIFE)));
    headers.put("with a changed role", "Bearer " + changed(now));
    headers.put("unsigned", "Bearer " + new PlainJWT(claims(now)).serialize());
    headers.put("signed with the public key as a secret", "Bearer " + signedWithPublicKey(now));
    headers.put("without an end", "Bearer " + endless());
    return headers;
  }

  private static String withTheRightKey(String issuer, String subject, Instant expires) {
    return TokenIssuer.of(issuer, TestTokens.issuer().privateKey())
        .issue(subject, List.of(ADMIN), expires);
  }

  private static String expired(Instant now) {
    // why: by more than the minute by which clocks may differ
    Instant end = now.minus(Duration.ofMinutes(2));
    return TestTokens.issuer()
        .sign(
            new JWTClaimsSet.Builder(claims(now))
                .issueTime(Date.from(end.minus(LIFE)))
                .expirationTime(Date.from(end))
                .build());
  }

  private static String endless() {
    return TestTokens.issuer()
        .sign(
            new JWTClaimsSet.Builder()
                .issuer(TestTokens.ISSUER)
                .subject(TestTokens.SUBJECT)
                .claim("roles", List.of(ADMIN))
                .build());
  }

  private static JWTClaimsSet claims(Instant now) {
    return new JWTClaimsSet.Builder()
        .issuer(TestTokens.ISSUER)
        .subject(TestTokens.SUBJECT)
        .claim("roles", List.of(ADMIN))
        .expirationTime(Date.from(now.plus(LIFE)))
        .build();
  }

  private static String changed(Instant now) {
    String[] good = TestTokens.token(now.plus(LIFE), "etl.read").split("\\.");
    String claims = new PlainJWT(claims(now)).serialize().split("\\.")[1];
    return good[0] + "." + claims + "." + good[2];
  }

  /** https://nvd.nist.gov/vuln/detail/CVE-2016-10555 and its like. */
  private static String signedWithPublicKey(Instant now) {
    try {
      SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims(now));
      token.sign(new MACSigner(TestTokens.issuer().publicKey().getBytes(StandardCharsets.UTF_8)));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
