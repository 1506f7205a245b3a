package org.etlsandbox.connection;

import java.io.IOException;
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
      "Switch TLS on in the server; or, on a network that you trust, do without: etl.tls.databases=off (ETL_TLS_DATABASES).";

  /**
   * What a driver's failure says about TLS, empty where it is about something else: a connection
   * that broke under TLS, too, is no failure of TLS.
   */
  public static Optional<TlsFailure> in(Throwable failure) {
    SSLException tls = null;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnfitCertificateException unfit) {
        return Optional.of(new TlsFailure(String.valueOf(unfit.getMessage()), unfit.remedy()));
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
                "Check that the server speaks TLS on that port, and what its log says."));
  }

  /**
   * The server has no TLS, or so it seems.
   *
   * @param said what the driver said, without a full stop
   */
  public static TlsFailure none(String said) {
    return new TlsFailure(said, NO_TLS_REMEDY);
  }

  /** The whole story, with the database and its address. */
  public String sentence(ConnectionSettings settings) {
    return "%s: no secure connection: %s. %s".formatted(settings, problem, remedy);
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no message");
  }
}
