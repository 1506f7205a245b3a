package org.etlsandbox.clickhouse;

import com.clickhouse.client.api.ClientMisconfigurationException;
import com.clickhouse.client.api.ServerException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.connection.TlsFailure;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a failure of the driver means, by ClickHouse's error code.
 *
 * @see <a href="https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp">the
 *     codes</a>
 */
final class ClickHouseFailures {

  static final int ACCESS_DENIED = 497;

  private static final int MESSAGE_LENGTH = 400;

  private static final Pattern NOISE = Pattern.compile("DB::Exception: |\\s*\\(queryId= ?[^)]*\\)");

  /** {@code (VIOLATED_CONSTRAINT)}, at the end of what the server says. */
  private static final Pattern ERROR_NAME =
      Pattern.compile("\\(([A-Z][A-Z_]+)\\)(?!.*\\([A-Z][A-Z_]+\\))");

  private ClickHouseFailures() {}

  /**
   * @param attempt what was tried, to follow "could not": {@code insert 12 rows}
   */
  static StoreException of(ConnectionSettings settings, String attempt, Throwable failure) {
    ServerException server = find(failure, ServerException.class);
    if (server != null) {
      return refused(settings, attempt, server);
    }
    ClientMisconfigurationException wrong = find(failure, ClientMisconfigurationException.class);
    if (wrong != null) {
      return new StoreException(
          Kind.PERMANENT,
          "%s: the driver refuses the options of the URL (%s). Correct them."
              .formatted(settings, oneLine(wrong)),
          failure);
    }
    Optional<TlsFailure> tls = TlsFailure.in(settings, failure);
    if (tls.isPresent()) {
      // The request was not sent; and the other side may put it right
      return new StoreException(Kind.UNAVAILABLE, tls.get().sentence(settings), failure);
    }
    // Even "no response" may mean that the request had arrived, so nothing is taken as not done
    return new LostAnswerException(
        "ClickHouse did not answer: %s, could not %s (%s). Check that the server runs and is reachable%s."
            .formatted(
                settings,
                attempt,
                oneLine(rootOf(failure)),
                settings.tls().isVerifying() ? ", and that it speaks TLS on that port" : ""),
        failure);
  }

  private static StoreException refused(
      ConnectionSettings settings, String attempt, ServerException failure) {
    int code = failure.getCode();
    Kind kind =
        code == ServerException.CODE_UNKNOWN
            ? kindOfStatus(failure.getTransportProtocolCode())
            : kindOf(code);
    String message =
        "%s: could not %s (%s). %s"
            .formatted(
                settings,
                attempt,
                kind == Kind.DATA ? withoutValues(failure) : oneLine(failure),
                remedy(code, kind, settings));
    // 209, 210: the server lost somebody on the way, and may have carried out the statement
    return code == 209 || code == 210
        ? new LostAnswerException(message, failure)
        : new StoreException(kind, message, failure);
  }

  /** A value that it refuses may be in its words, and these go into logs: only their name stays. */
  private static String withoutValues(ServerException failure) {
    Matcher name = ERROR_NAME.matcher(String.valueOf(failure.getMessage()));
    return "error " + failure.getCode() + (name.find() ? ", " + name.group(1) : "");
  }

  static Kind kindOf(int code) {
    return switch (code) {
      // A value is refused
      case 6, 26, 27, 38, 41, 69, 70, 72, 131, 321, 349, 407, 469 -> Kind.DATA;
      // Gave up to avoid a deadlock
      case 473 -> Kind.TRANSIENT;
      // Users and rights: unknown user, wrong or required password, address, read-only, denied
      case 164, 192, 193, 194, 195, 291, 492, ACCESS_DENIED, 516 -> Kind.PERMANENT;
      // Another schema than ours: column, identifier, type, database, table, view
      case 10, 16, 20, 36, 43, 44, 47, 50, 53, 57, 60, 80, 81, 82, 117 -> Kind.PERMANENT;
      // A server that does not know what we ask for: function, syntax, setting, codec
      case 42, 46, 48, 62, 73, 115, 344, 432, 452 -> Kind.PERMANENT;
      // Time, network, memory, disk, load, parts, replicas (3, 33, 159, 160, 202, 203, 209, 210,
      // 241, 242, 243, 252, 285, 319, 394, 425, 439, 999), and what we do not know: try again later
      default -> Kind.UNAVAILABLE;
    };
  }

  private static Kind kindOfStatus(int httpStatus) {
    return httpStatus >= 400 && httpStatus < 500 ? Kind.PERMANENT : Kind.UNAVAILABLE;
  }

  private static String remedy(int code, Kind kind, ConnectionSettings settings) {
    return switch (code) {
      case 192, 193, 194, 516 -> "Correct user name and password of " + settings.name() + ".";
      case 195, 164, ACCESS_DENIED ->
          "Grant user '%s' CREATE, SELECT and INSERT on the database."
              .formatted(settings.username());
      case 81, 60 -> "Put it back, or restart the worker: then it is created and loaded anew.";
      case 243 -> "Free disk space on the server.";
      case 252 -> "Merges do not keep up: raise the batch size or lower the poll rate.";
      default ->
          switch (kind) {
            case DATA -> "The rental is to be quarantined.";
            case PERMANENT -> "Correct the set-up; repeating will not help.";
            default -> "It will be tried again.";
          };
    };
  }

  private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String oneLine(Throwable failure) {
    String message = failure.getMessage();
    String line =
        message == null
            ? failure.getClass().getSimpleName()
            : NOISE.matcher(message.strip()).replaceAll("").replaceAll("\\s+", " ");
    return line.length() <= MESSAGE_LENGTH ? line : line.substring(0, MESSAGE_LENGTH) + "…";
  }
}
