package org.etlsandbox.jupiter;

import java.sql.SQLException;
import java.util.Optional;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.connection.TlsFailure;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What an error of the server means for us, by vendor code and SQLState.
 *
 * @see <a href="https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html">MySQL's
 *     server errors</a>
 */
final class MySqlErrors {

  static final int SPECIFIC_ACCESS_DENIED = 1227;

  /**
   * Tables of information_schema that show statements have room for characters of three bytes only:
   * MySQL 9 fails while somebody's statement has one of four.
   */
  static final int CANNOT_CONVERT_STRING = 3854;

  /** With vendor code 0 from the driver: a number of the server does not fit a long. */
  static final String OUT_OF_RANGE = "22003";

  private MySqlErrors() {}

  static StoreException explain(ConnectionSettings settings, SQLException error) {
    SQLException telling = mostTelling(error);
    Optional<TlsFailure> tls = TlsFailure.in(settings, error);
    if (tls.isPresent()) {
      // The other side may put it right, and then nobody has to start us again
      return new StoreException(Kind.UNAVAILABLE, tls.get().sentence(settings), error);
    }
    String said = "%s: %s".formatted(settings, oneLine(telling.getMessage()));
    if (isOutOfRange(telling)) {
      return failure(
          Kind.PERMANENT, said, "No destination can hold such an id: change it in Jupiter", error);
    }
    return switch (telling.getErrorCode()) {
      case 1044, 1045, 1698 ->
          failure(Kind.PERMANENT, said, "Check the user, the password and the user's host", error);
      case 1049 -> failure(Kind.PERMANENT, said, "Name the Sakila schema in the URL", error);
      // The password has expired, or must be changed first; the account is locked
      case 1820, 1862, 3118, 3955 -> failure(Kind.PERMANENT, said, "Put the account right", error);
      case 1142, 1143 -> failure(Kind.PERMANENT, said, "GRANT SELECT on that table", error);
      case SPECIFIC_ACCESS_DENIED ->
          failure(Kind.PERMANENT, said, "GRANT the privilege that is named", error);
      case 1054, 1146 ->
          failure(Kind.PERMANENT, said, "Jupiter needs the tables of the Sakila schema", error);
      case 1064, 1305 ->
          failure(Kind.PERMANENT, said, "Is this MySQL 8 or MariaDB 10.6 or newer?", error);
      case 1205, 1213 -> failure(Kind.TRANSIENT, said, "It is tried again", error);
      default -> failure(Kind.UNAVAILABLE, said, "Is the server running and reachable?", error);
    };
  }

  /** Whether the driver could not put a number of the server into a long. */
  static boolean isOutOfRange(SQLException error) {
    return OUT_OF_RANGE.equals(error.getSQLState()) && error.getErrorCode() == 0;
  }

  private static StoreException failure(Kind kind, String said, String remedy, SQLException cause) {
    String end = remedy.endsWith("?") ? "" : ".";
    return new StoreException(kind, said + ". " + remedy + end, cause);
  }

  /** A pool reports its own time-out; the server's answer is one of the causes. */
  private static SQLException mostTelling(SQLException error) {
    SQLException telling = error;
    for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        telling = sql;
      }
    }
    return telling;
  }

  private static String oneLine(@Nullable String message) {
    String text = message == null ? "no message" : message.strip();
    int end = text.indexOf('\n');
    String line = (end < 0 ? text : text.substring(0, end)).strip();
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
