package org.etlsandbox.postgresql;

import java.sql.SQLException;
import java.util.Optional;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.connection.TlsFailure;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/**
 * Says what a failure means, by SQLState alone.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">Error codes</a>
 */
record SqlErrors(ConnectionSettings settings) {

  StoreException classify(Throwable failure) {
    SQLException cause = mostTelling(failure);
    String state = cause == null ? null : cause.getSQLState();
    Optional<TlsFailure> tls = TlsFailure.in(settings, failure);
    if (tls.isPresent()) {
      // The other side may put it right, and then nobody has to start us again
      return new StoreException(Kind.UNAVAILABLE, tls.get().sentence(settings), failure);
    }
    Kind kind = cause == null ? Kind.PERMANENT : kind(state);
    return new StoreException(
        kind,
        "%s: %s (SQLState %s). %s"
            .formatted(settings, text(cause == null ? failure : cause), state, advice(kind, state)),
        failure);
  }

  static Kind kind(@Nullable String state) {
    if (state == null || state.length() != 5) {
      return Kind.UNAVAILABLE; // the pool gave no connection in time
    }
    return switch (state) {
      // 57014, statement_timeout, is not among them: at once, it would take as long again
      case "40001", "40P01", "55P03" -> Kind.TRANSIENT;
      // 25P03: we held a transaction open without a word; 25006: a standby, until it is promoted
      case "25P03", "25006" -> Kind.UNAVAILABLE;
      default ->
          switch (state.substring(0, 2)) {
            case "22", "23" -> Kind.DATA;
            case "08", "53", "57", "58" -> Kind.UNAVAILABLE;
            default -> Kind.PERMANENT;
          };
    };
  }

  private String advice(Kind kind, @Nullable String state) {
    String group = state == null ? "" : state.substring(0, 2);
    return switch (kind) {
      case DATA -> "Nothing of this refresh was written.";
      case TRANSIENT -> "The same work may succeed at once.";
      case FENCED -> "Another leader writes.";
      case UNAVAILABLE ->
          "53100".equals(state)
              ? "Free disk space on the server; it will be tried again."
              : "Check that the server runs and is reachable from here; it will be tried again.";
      case PERMANENT ->
          switch (group) {
            case "28" ->
                "Check user name '%s' and password of %s, and the server's pg_hba.conf."
                    .formatted(settings.username(), settings.name());
            case "3D" -> "Create the database, or name another one in the URL.";
            case "42" ->
                "Check that '%s' owns the schema of customer_order_flat and that nobody changed it."
                    .formatted(settings.username());
            default -> "Repeating does not help until this is put right.";
          };
    };
  }

  /** The server's own words where there are any: pool and Flyway only wrap them. */
  private static @Nullable SQLException mostTelling(Throwable failure) {
    SQLException found = null;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        found = sql;
        if (sql instanceof PSQLException) {
          break;
        }
      }
    }
    return found;
  }

  private static String text(Throwable failure) {
    if (failure instanceof PSQLException server && server.getServerErrorMessage() != null) {
      return String.valueOf(server.getServerErrorMessage().getMessage());
    }
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no message");
  }
}
