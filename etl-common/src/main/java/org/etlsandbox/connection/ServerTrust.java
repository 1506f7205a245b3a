package org.etlsandbox.connection;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Judges the certificates of servers, for all drivers in the same way and in the same words: dates,
 * authority, host. The host is the one that the driver connects to. The file of authorities is read
 * for each certificate, so a new one counts from the next connection on.
 *
 * <p>Public with a public constructor because SQL Server's driver creates it by name.
 */
public final class ServerTrust extends X509ExtendedTrustManager {

  /** Subject alternative names: https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.6 */
  private static final int DNS_NAME = 2;

  private static final int IP_ADDRESS = 7;

  /** A certificate may hold hundreds of names, of any length. */
  private static final int SHOWN_NAMES = 5;

  private static final int SHOWN_LENGTH = 100;

  private final String ca;

  /**
   * @param ca a PEM file of authorities, empty for those of the JVM
   */
  public ServerTrust(@Nullable String ca) {
    this.ca = ca == null ? "" : ca;
  }

  /** A context whose clients judge in this way. */
  public static SSLContext context(@Nullable String ca) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new ServerTrust(ca)}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JVM has no TLS", e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    if (!(socket instanceof SSLSocket tls)) {
      throw new CertificateException("The host of the certificate is not known");
    }
    X509ExtendedTrustManager trusted = Authorities.trusted(ca);
    requireValid(chain[0]);
    requireTrusted(chain[0], () -> trusted.checkServerTrusted(chain, authType, socket));
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    tls.setSSLParameters(parameters);
    requireHost(
        chain[0],
        tls.getHandshakeSession(),
        () -> trusted.checkServerTrusted(chain, authType, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    X509ExtendedTrustManager trusted = Authorities.trusted(ca);
    requireValid(chain[0]);
    requireTrusted(chain[0], () -> trusted.checkServerTrusted(chain, authType, engine));
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
    requireHost(
        chain[0],
        engine.getHandshakeSession(),
        () -> trusted.checkServerTrusted(chain, authType, engine));
  }

  /** Cannot be answered: without a connection there is no host to compare with. */
  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("The host of the certificate is not known");
  }

  private interface Check {
    void run() throws CertificateException;
  }

  private static void requireValid(X509Certificate certificate) throws CertificateException {
    try {
      certificate.checkValidity();
    } catch (CertificateExpiredException e) {
      throw new UnfitCertificateException(
          "its certificate (%s) has expired at %s"
              .formatted(subject(certificate), certificate.getNotAfter().toInstant()),
          "Renew the server's certificate.",
          e);
    } catch (CertificateNotYetValidException e) {
      throw new UnfitCertificateException(
          "its certificate (%s) is not valid before %s"
              .formatted(subject(certificate), certificate.getNotBefore().toInstant()),
          "Check the clocks of this machine and of the one that issued it.",
          e);
    }
  }

  private void requireTrusted(X509Certificate certificate, Check check)
      throws CertificateException {
    try {
      check.run();
    } catch (CertificateException e) {
      throw new UnfitCertificateException(
          "its certificate (%s, issued by %s, valid until %s) %s"
              .formatted(
                  subject(certificate),
                  shown(certificate.getIssuerX500Principal()),
                  certificate.getNotAfter().toInstant(),
                  why(e)),
          "Put the certificate of its authority into a PEM file and name that with etl.tls.ca (ETL_TLS_CA)%s."
              .formatted(ca.isEmpty() ? "" : ", which is '" + ca + "'"),
          e);
    }
  }

  /** A chain that was found and refused has a reason; for most there is none to be found. */
  private static String why(CertificateException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertPathValidatorException refused) {
        return "has a chain that is refused: " + shown(String.valueOf(refused.getMessage()));
      }
    }
    return "is of no authority that is trusted here";
  }

  private static void requireHost(
      X509Certificate certificate, @Nullable SSLSession session, Check check)
      throws CertificateException {
    try {
      check.run();
    } catch (CertificateException e) {
      throw new UnfitCertificateException(
          "its certificate is for %s, not for '%s'"
              .formatted(names(certificate), session == null ? "" : session.getPeerHost()),
          "Name the host in the URL as the certificate does, or issue one for that name.",
          e);
    }
  }

  private static String names(X509Certificate certificate) throws CertificateParsingException {
    List<String> names = new ArrayList<>();
    Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
    if (alternatives != null) {
      for (List<?> name : alternatives) {
        if (name.get(0) instanceof Integer type && (type == DNS_NAME || type == IP_ADDRESS)) {
          names.add(shown(String.valueOf(name.get(1))));
        }
      }
    }
    if (names.isEmpty()) {
      return subject(certificate);
    }
    String first = String.join(", ", names.subList(0, Math.min(names.size(), SHOWN_NAMES)));
    return names.size() > SHOWN_NAMES ? first + ", …" : first;
  }

  private static String subject(X509Certificate certificate) {
    return "subject " + shown(certificate.getSubjectX500Principal());
  }

  private static String shown(Principal name) {
    return shown(name.getName());
  }

  /** Whoever answers has chosen these words, so they must not be able to break a line. */
  private static String shown(String words) {
    String line = words.replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= SHOWN_LENGTH ? line : line.substring(0, SHOWN_LENGTH) + "…";
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("Judges servers only");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
