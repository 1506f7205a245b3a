package org.etlsandbox.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/**
 * Signs tokens with a key of its own, for stacks and tests that have no identity provider. A
 * service never needs one: it is given the public key only.
 */
public final class TokenIssuer {

  private static final String RSA = "RSA";
  private static final int KEY_BITS = 2048;
  private static final int PEM_LINE = 64;
  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";

  private final String name;
  private final RSAPrivateCrtKey key;

  private TokenIssuer(String name, RSAPrivateCrtKey key) {
    this.name = name;
    this.key = key;
  }

  /**
   * With a new key.
   *
   * @param name what tokens name as their issuer
   */
  public static TokenIssuer create(String name) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(RSA);
      generator.initialize(KEY_BITS);
      return new TokenIssuer(name, (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has RSA", e);
    }
  }

  /**
   * With the key of {@link #privateKey()}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static TokenIssuer of(String name, String privateKey) {
    String base64 =
        privateKey.lines().filter(line -> !line.startsWith("-----")).reduce("", String::concat);
    try {
      byte[] encoded = Base64.getDecoder().decode(base64);
      return new TokenIssuer(
          name,
          (RSAPrivateCrtKey)
              KeyFactory.getInstance(RSA).generatePrivate(new PKCS8EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException | IllegalArgumentException | ClassCastException e) {
      // why: without the cause, which might show parts of the key
      throw new IllegalArgumentException("Not an RSA private key in PKCS #8 as PEM");
    }
  }

  /** PEM, PKCS #8. Whoever has it can sign tokens. */
  public String privateKey() {
    return pem(PRIVATE, key.getEncoded());
  }

  /** PEM, as {@code spring.security.oauth2.resourceserver.jwt.public-key-location} takes it. */
  public String publicKey() {
    try {
      return pem(
          PUBLIC,
          KeyFactory.getInstance(RSA)
              .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()))
              .getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The key has no public part", e);
    }
  }

  private static String pem(String kind, byte[] encoded) {
    String base64 =
        Base64.getMimeEncoder(PEM_LINE, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(encoded);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, base64, kind);
  }

  /**
   * A token that is good from now on.
   *
   * @param expires exclusive; whole seconds
   */
  public String issue(String subject, List<String> roles, Instant expires) {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(name)
            .subject(subject)
            .claim("roles", roles)
            .issueTime(Date.from(Instant.now()))
            .expirationTime(Date.from(expires))
            .jwtID(UUID.randomUUID().toString())
            .build();
    return sign(claims);
  }

  /** A token with these claims and no others. */
  public String sign(JWTClaimsSet claims) {
    SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims);
    try {
      token.sign(new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("The token could not be signed", e);
    }
    return token.serialize();
  }

  @Override
  public String toString() {
    return "TokenIssuer[" + name + "]";
  }
}
