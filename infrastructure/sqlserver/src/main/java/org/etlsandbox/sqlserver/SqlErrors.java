package org.etlsandbox.sqlserver;

import com.microsoft.sqlserver.jdbc.SQLServerError;
import com.microsoft.sqlserver.jdbc.SQLServerException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.connection.TlsFailure;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Says what a failure means: by the server's error number, by its severity where the number is not
 * listed here, by SQLState where the driver speaks for itself.
 *
 * @see <a
 *     href="https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors">Errors</a>
 * @see <a
 *     href="https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-error-severities">Severities</a>
 */
record SqlErrors(ConnectionSettings settings) {

  private static final Set<Integer> TRANSIENT =
      Set.of(
          1205, // deadlock
          1222, // lock time-out
          3960, 3961, // update conflict under snapshot isolation
          8645, // no memory for the query in time
          33557097); // Babelfish, for whatever it has no number for: it may be anything

  private static final int TRUNCATED = 2628;

  private static final Set<Integer> DATA =
      Set.of(
          220, 8115, // arithmetic overflow
          241, 242, 8114, // conversion
          515, // NULL in a column that has none
          547, // CHECK or foreign key
          2601, 2627, // duplicate key
          TRUNCATED, 8152, // too long
          4815); // too long for a column of a bulk copy

  /** Over when somebody makes room, or the server is back. */
  private static final Set<Integer> UNAVAILABLE =
      Set.of(
          701, // out of memory
          922, 927, // being recovered, being restored
          976, 978, 979, 983, // a secondary replica that takes no such connection
          1101, 1105, 9002, // no room for data, for the log
          3906, 3908, // read-only: a secondary replica, until it is primary
          4060, // no such database, or it is not open yet
          6005, // shutting down
          10928, 10929, 40197, 40501, 40544, 40549, 40551, 40552, 40553, 40613, // Azure SQL
          49918, 49919, 49920, // the same
          18401); // the server is being upgraded

  /** Wrong password, disabled, expired, locked out, must change the password. */
  private static final Set<Integer> LOGIN = Set.of(18456, 18470, 18486, 18487, 18488);

  private static final String REACHABLE =
      "Check that the server runs and is reachable from here; it will be tried again.";

  private static final int RESOURCE_SEVERITY = 17;
  private static final int OPENJSON_COMPATIBILITY = 130;

  StoreException classify(Throwable failure) {
    SQLException cause = mostTelling(failure);
    int number = number(cause);
    Optional<TlsFailure> tls = number == 0 ? TlsFailure.in(settings, failure) : Optional.empty();
    if (tls.isPresent()) {
      // The other side may put it right, and then nobody has to start us again
      return new StoreException(Kind.UNAVAILABLE, tls.get().sentence(settings), failure);
    }
    Kind kind = kind(cause);
    return new StoreException(
        kind,
        "%s: %s (%s). %s"
            .formatted(
                settings,
                text(cause == null ? failure : cause),
                number == 0
                    ? "SQLState " + (cause == null ? null : cause.getSQLState())
                    : "error " + number,
                advice(kind, number)),
        failure);
  }

  private static Kind kind(@Nullable SQLException cause) {
    if (cause == null) {
      return Kind.PERMANENT;
    }
    SQLServerError error = error(cause);
    return error == null
        ? kind(cause.getSQLState())
        : kind(error.getErrorNumber(), error.getErrorSeverity());
  }

  /** Of an error that the server has sent. */
  static Kind kind(int number, int severity) {
    if (TRANSIENT.contains(number)) {
      return Kind.TRANSIENT;
    }
    if (DATA.contains(number)) {
      return Kind.DATA;
    }
    if (LOGIN.contains(number)) {
      return Kind.PERMANENT;
    }
    return UNAVAILABLE.contains(number) || severity >= RESOURCE_SEVERITY
        ? Kind.UNAVAILABLE
        : Kind.PERMANENT;
  }

  /** Of an error that the driver or the pool found. */
  static Kind kind(@Nullable String state) {
    if (state == null) {
      return Kind.UNAVAILABLE; // the pool gave no connection in time
    }
    if (state.equals("HY008")) {
      return Kind.UNAVAILABLE; // time-out of a statement: at once, it would take as long again
    }
    if (state.startsWith("40")) {
      return Kind.TRANSIENT;
    }
    if (state.startsWith("22")) {
      return Kind.DATA;
    }
    return state.startsWith("08") ? Kind.UNAVAILABLE : Kind.PERMANENT;
  }

  private String advice(Kind kind, int number) {
    return switch (kind) {
      case DATA -> "Nothing of this refresh was written.";
      case TRANSIENT -> "The same work may succeed at once.";
      case FENCED -> "Another leader writes.";
      case UNAVAILABLE ->
          switch (number) {
            case 4060 ->
                "Create the database and the user in it, or name another one with ;databaseName=…; it will be tried again.";
            case 9002 ->
                "Back up the transaction log or give it room (see log_reuse_wait_desc in sys.databases); it will be tried again.";
            case 1101, 1105 -> "Give the filegroup room; it will be tried again.";
            case 976, 978, 979, 983, 3906, 3908 ->
                "This is a read-only replica or database: point the URL at the primary (or the listener, without applicationIntent=ReadOnly); it will be tried again.";
            // The driver says of a server without TLS what it says of one that is down
            case 0 ->
                settings.tls().isVerifying()
                    ? "Check that the server runs, is reachable from here and has TLS (without it, on a network that you trust: etl.tls.databases=off); it will be tried again."
                    : REACHABLE;
            default -> REACHABLE;
          };
      case PERMANENT -> permanent(number);
    };
  }

  private String permanent(int number) {
    if (LOGIN.contains(number)) {
      return "Check user name '%s' and password of %s, and that the login is enabled."
          .formatted(settings.username(), settings.name());
    }
    return switch (number) {
      case 229, 230, 262, 1088, 2760, 3704 ->
          "Grant '%s' what docs/sqlserver.md lists.".formatted(settings.username());
      case 207, 208, 213 ->
          "Check that nobody changed the tables, that '%s' has the right default schema, and that the database's compatibility level is %d or more."
              .formatted(settings.username(), OPENJSON_COMPATIBILITY);
      default -> "Repeating does not help until this is put right.";
    };
  }

  private static int number(@Nullable SQLException cause) {
    SQLServerError error = cause == null ? null : error(cause);
    return error == null ? 0 : error.getErrorNumber();
  }

  private static @Nullable SQLServerError error(SQLException cause) {
    return cause instanceof SQLServerException server ? server.getSQLServerError() : null;
  }

  /** The server's own words where there are any: pool, Flyway and bulk copy only wrap them. */
  private static @Nullable SQLException mostTelling(Throwable failure) {
    SQLException found = null;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        found = sql;
        if (error(sql) != null) {
          break;
        }
      }
    }
    return found;
  }

  private static String text(Throwable failure) {
    SQLServerError error = failure instanceof SQLException sql ? error(sql) : null;
    if (error != null && error.getErrorNumber() == TRUNCATED) {
      // The server's words end with the value, and these go into logs
      return "A text is too long for its column";
    }
    String message = error == null ? failure.getMessage() : error.getErrorMessage();
    return message == null ? "no message" : message.lines().findFirst().orElse("no message");
  }
}
