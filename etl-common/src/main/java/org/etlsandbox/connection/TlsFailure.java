package org.etlsandbox.connection;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * That there is no secure connection, and why.
 *
 * @param problem completes "no secure connection: …"
 * @param remedy a sentence
 */
public record TlsFailure(String problem, String remedy) {

  private static final String NO_TLS_REMEDY =
      "See that the server has TLS on that port; or, on a network that you trust, do without: etl.tls.databases=off (ETL_TLS_DATABASES).";

  /**
   * What a driver's failure says about TLS, empty where it is about something else: a connection
   * that broke under TLS, too, is no failure of TLS.
   */
  public static Optional<TlsFailure> in(ConnectionSettings settings, Throwable failure) {
    SQLException said = null;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException found) {
        said = found;
      }
    }
    String state = said == null ? null : said.getSQLState();
    return settings
                .tls()
                .stateWithoutTls(settings.url())
                .filter(none -> none.equals(state))
                .isPresent()
            && said != null
        ? Optional.of(new TlsFailure(firstLine(said), NO_TLS_REMEDY))
        : in(failure);
  }

  /** The same, where only a handshake that failed can tell. */
  public static Optional<TlsFailure> in(Throwable failure) {
    SSLException tls = null;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnfitCertificateException unfit) {
        return Optional.of(new TlsFailure(String.valueOf(unfit.getMessage()), unfit.remedy()));
      }
      if (cause instanceof CertificateException refused) {
        return Optional.of(
            new TlsFailure(
                "the driver refuses its certificate (%s)".formatted(firstLine(refused)),
                "Correct what the URL says about trust, or the server's certificate."));
      }
      if (cause instanceof SSLException found) {
        tls = found;
      } else if (tls != null && cause instanceof IOException) {
        return Optional.empty();
      }
    }
    return Optional.ofNullable(tls)
        .map(found ->
            new TlsFailure(
                "the two sides find no common TLS (%s)".formatted(firstLine(found)),
                NO_TLS_REMEDY));
  }

  /** The whole story, with the database and its address. */
  public String sentence(ConnectionSettings settings) {
    return "%s: no secure connection: %s. %s".formatted(settings, problem, remedy);
  }

  private static String firstLine(Throwable failure) {
    String line = String.valueOf(failure.getMessage()).lines().findFirst().orElse("no message");
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
