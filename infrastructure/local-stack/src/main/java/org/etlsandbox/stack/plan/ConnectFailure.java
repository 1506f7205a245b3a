package org.etlsandbox.stack.plan;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.etlsandbox.connection.SqlServerUrl;
import org.etlsandbox.connection.TlsFailure;
import org.etlsandbox.stack.plan.ServerCheck.Refusal;

/** Says in words why a server of the user's did not let us in, and what to do. */
final class ConnectFailure {

  private static final int PATIENCE_MILLIS = 2000;

  // https://www.postgresql.org/docs/current/errcodes-appendix.html
  private static final String UNKNOWN_DATABASE = "3D000";
  private static final String INVALID_AUTHORIZATION_CLASS = "28";

  // https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html
  private static final Set<Integer> MYSQL_REFUSED = Set.of(1045, 1698);
  private static final int MYSQL_NO_ACCESS = 1044;
  private static final int MYSQL_UNKNOWN_DATABASE = 1049;

  // https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors
  // 18452: a Windows login; 18470: disabled; 18486 to 18488: locked, expired, to be changed
  private static final Set<Integer> SQL_SERVER_REFUSED =
      Set.of(18456, 18452, 18470, 18486, 18487, 18488);
  // It says the same of a database that is not there and of one that the login may not open;
  // 911 is what Babelfish says of the former
  private static final Set<Integer> SQL_SERVER_NO_DATABASE = Set.of(4060, 911);

  // https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp
  private static final Set<Integer> CLICKHOUSE_REFUSED = Set.of(192, 193, 194, 516);
  private static final int CLICKHOUSE_UNKNOWN_DATABASE = 81;

  private final ExternalServer server;
  private final SQLException failure;
  private final int code;

  ConnectFailure(ExternalServer server, SQLException failure) {
    this.server = server;
    this.failure = failure;
    this.code = vendorCode(failure);
  }

  Refusal inWords() {
    Optional<TlsFailure> tls = TlsFailure.in(server.settings(), failure);
    if (tls.isPresent()) {
      return because(
          "offers no secure connection: " + tls.get().problem(), withoutStop(tls.get().remedy()));
    }
    return SqlServerUrl.isOne(server.url()) ? ofSqlServer() : ofAnother();
  }

  private Refusal ofAnother() {
    String state = String.valueOf(failure.getSQLState());
    if (state.startsWith(INVALID_AUTHORIZATION_CLASS)
        || MYSQL_REFUSED.contains(code)
        || CLICKHOUSE_REFUSED.contains(code)) {
      return refused();
    }
    if (code == MYSQL_NO_ACCESS) {
      return because(
          "does not let user %s into that database".formatted(user()),
          "grant it, or name another database in the URL");
    }
    if (state.equals(UNKNOWN_DATABASE)
        || code == MYSQL_UNKNOWN_DATABASE
        || code == CLICKHOUSE_UNKNOWN_DATABASE) {
      return because("has no such database", "create it, or name another one in the URL");
    }
    return unreachable(deepest(failure));
  }

  private Refusal ofSqlServer() {
    if (SQL_SERVER_REFUSED.contains(code)) {
      return refused();
    }
    if (SQL_SERVER_NO_DATABASE.contains(code)) {
      String database = SqlServerUrl.of(server.url()).database().orElse("");
      return because(
          "has no database '%s', or user %s may not open it".formatted(database, user()),
          "create it as an administrator (CREATE DATABASE [%s];) and let the user in, or name another one in the URL"
              .formatted(database.replace("]", "]]")));
    }
    // why: the driver gives every failure before the login the same state, and no code, so whether
    // the port listens tells an encryption that failed from a server that is down
    Optional<Address> address = Address.of(server.url()).filter(known -> known.port() != 0);
    if (code != 0 || address.isEmpty()) {
      return unreachable(deepest(failure));
    }
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(address.get().host(), address.get().port()), PATIENCE_MILLIS);
      return isUnencrypted() ? brokenOff() : insecure();
    } catch (IOException e) {
      return unreachable(e);
    }
  }

  private boolean isUnencrypted() {
    return SqlServerUrl.of(server.url())
        .property("encrypt")
        .filter(value -> value.equalsIgnoreCase("false"))
        .isPresent();
  }

  private Refusal brokenOff() {
    String name = server.store().name();
    return because(
        "answers, but ended the connection before the login (%s)".formatted(reason()),
        "check %s_USERNAME and %s_PASSWORD, and the server's log".formatted(name, name));
  }

  private Refusal refused() {
    String name = server.store().name();
    return because(
        "refused user " + user(), "check %s_USERNAME and %s_PASSWORD".formatted(name, name));
  }

  private Refusal insecure() {
    return because(
        "answers, but there is no secure connection (%s)".formatted(reason()),
        "switch TLS on in the server; without encryption, on a network of your own only: ;encrypt=false in the URL");
  }

  private String reason() {
    // why: the driver appends the id of the connection, of no use to anybody
    return firstLine(deepest(failure)).split(" ClientConnectionId:", 2)[0];
  }

  private Refusal unreachable(Throwable reason) {
    return because(
        "cannot be reached (%s)".formatted(firstLine(reason)),
        "check host and port, and that the server runs");
  }

  private Refusal because(String what, String todo) {
    return new Refusal(
        server.store(),
        "%s (%s) %s".formatted(server.store().variable(), server.safeUrl(), what),
        todo);
  }

  private String user() {
    return server.username().isEmpty() ? "nobody" : "'" + server.username() + "'";
  }

  /** Refusals continue in the middle of a line. */
  private static String withoutStop(String sentence) {
    String words = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    return words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
  }

  /** The ClickHouse driver hides the server's code in a cause. */
  private static int vendorCode(SQLException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getErrorCode() != 0) {
        return sql.getErrorCode();
      }
      if (cause instanceof com.clickhouse.client.api.ServerException server) {
        return server.getCode();
      }
    }
    return 0;
  }

  private static Throwable deepest(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String firstLine(Throwable e) {
    if (e instanceof UnknownHostException) {
      return "unknown host " + e.getMessage();
    }
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName()
        : message.strip().lines().findFirst().orElse("");
  }
}
