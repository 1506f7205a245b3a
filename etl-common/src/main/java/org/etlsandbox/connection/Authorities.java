package org.etlsandbox.connection;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Collection;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The authorities whose certificates are trusted: those of a PEM file, or of the JVM. */
final class Authorities {

  private static final String PROPERTY = "etl.tls.ca";

  private Authorities() {}

  /**
   * @param ca path of the file, empty for those of the JVM
   * @throws UnfitCertificateException when the file cannot be read or holds no certificate
   */
  static X509ExtendedTrustManager trusted(String ca) throws UnfitCertificateException {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(ca.isEmpty() ? null : store(ca));
      return Arrays.stream(factory.getTrustManagers())
          .filter(X509ExtendedTrustManager.class::isInstance)
          .map(X509ExtendedTrustManager.class::cast)
          .findFirst()
          .orElseThrow();
    } catch (IOException | GeneralSecurityException e) {
      throw e instanceof UnfitCertificateException known ? known : unusable(ca, e.toString(), e);
    }
  }

  private static @Nullable KeyStore store(String ca) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (Certificate certificate : certificates(ca)) {
      store.setCertificateEntry(Integer.toString(number++), certificate);
    }
    return store;
  }

  private static Collection<? extends Certificate> certificates(String ca) throws IOException {
    try (InputStream pem = Files.newInputStream(Path.of(ca))) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(pem);
      if (found.isEmpty()) {
        throw new IOException("no certificate in it");
      }
      return found;
    } catch (NoSuchFileException e) {
      throw new IOException("no such file", e);
    } catch (CertificateException e) {
      throw new IOException("not a PEM file of certificates", e);
    }
  }

  private static UnfitCertificateException unusable(String ca, String why, Throwable cause) {
    String reason = cause instanceof IOException ? String.valueOf(cause.getMessage()) : why;
    return new UnfitCertificateException(
        "%s is '%s': %s".formatted(PROPERTY, ca, reason),
        "Give it the path of a PEM file with the certificates of the authorities to trust, or leave it empty for those of the JVM.",
        cause);
  }
}
