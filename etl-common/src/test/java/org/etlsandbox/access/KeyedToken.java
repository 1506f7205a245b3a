package org.etlsandbox.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** A reader's token that names its key, as those of an issuer do that publishes its keys. */
final class KeyedToken {

  private KeyedToken() {}

  /** For the header {@code Authorization}. */
  static String bearer(RSAKey key, String issuer, String audience) throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
            new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject("ann")
                .audience(audience)
                .claim("roles", List.of("etl.read"))
                .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                .build());
    token.sign(new RSASSASigner(key));
    return "Bearer " + token.serialize();
  }
}
