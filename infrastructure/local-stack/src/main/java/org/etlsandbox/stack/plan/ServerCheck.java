package org.etlsandbox.stack.plan;

import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Whether a server of the user's can be reached and lets us in; one line says why not. */
public final class ServerCheck {

  private static final int PATIENCE_SECONDS = 5;

  // https://www.postgresql.org/docs/current/errcodes-appendix.html
  private static final String UNKNOWN_DATABASE = "3D000";
  private static final String INVALID_AUTHORIZATION_CLASS = "28";

  // https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html
  private static final Set<Integer> MYSQL_REFUSED = Set.of(1045, 1698);
  private static final int MYSQL_NO_ACCESS = 1044;
  private static final int MYSQL_UNKNOWN_DATABASE = 1049;

  // https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp
  private static final Set<Integer> CLICKHOUSE_REFUSED = Set.of(192, 193, 194, 516);
  private static final int CLICKHOUSE_UNKNOWN_DATABASE = 81;

  /**
   * What answered.
   *
   * @param product as the server's driver calls it
   */
  public record Answer(Store store, String product, String version) {}

  private ServerCheck() {}

  /**
   * Asks all servers at the same time.
   *
   * @throws StackFailure with a line for each server that does not let us in
   */
  public static List<Answer> requireAll(Collection<ExternalServer> servers)
      throws InterruptedException {
    List<Answer> answers = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Answer>> questions =
          servers.stream().<Callable<Answer>>map(server -> () -> ask(server)).toList();
      for (Future<Answer> answer : executor.invokeAll(questions)) {
        try {
          answers.add(answer.get());
        } catch (ExecutionException e) {
          if (e.getCause() instanceof StackFailure failure) {
            problems.add(failure.getMessage());
          } else {
            throw new IllegalStateException(e.getCause());
          }
        }
      }
    }
    if (!problems.isEmpty()) {
      throw StackFailure.failed(String.join(System.lineSeparator(), problems));
    }
    return answers;
  }

  private static Answer ask(ExternalServer server) {
    try (Connection connection = DriverManager.getConnection(server.url(), properties(server));
        Statement statement = connection.createStatement()) {
      // why: some drivers connect only when the first statement asks for it
      statement.execute("SELECT 1");
      DatabaseMetaData data = connection.getMetaData();
      String version = data.getDatabaseProductVersion();
      // why: MySQL's driver calls every server MySQL
      String product = version.contains("MariaDB") ? "MariaDB" : data.getDatabaseProductName();
      return new Answer(server.store(), product, version);
    } catch (SQLException e) {
      throw StackFailure.failed(inWords(server, e), e);
    }
  }

  private static Properties properties(ExternalServer server) {
    Properties properties = new Properties();
    if (!server.username().isEmpty()) {
      properties.setProperty("user", server.username());
      properties.setProperty("password", server.password());
    }
    if (server.url().startsWith("jdbc:mysql:")) {
      properties.setProperty("connectTimeout", Integer.toString(PATIENCE_SECONDS * 1000));
    } else if (server.url().startsWith("jdbc:postgresql:")) {
      properties.setProperty("connectTimeout", Integer.toString(PATIENCE_SECONDS));
      properties.setProperty("loginTimeout", Integer.toString(PATIENCE_SECONDS));
    } else {
      properties.setProperty("connection_timeout", Integer.toString(PATIENCE_SECONDS * 1000));
    }
    return properties;
  }

  private static String inWords(ExternalServer server, SQLException e) {
    String name = server.store().name();
    String where = "%s_URL (%s)".formatted(name, server.safeUrl());
    String user = server.username().isEmpty() ? "nobody" : "'" + server.username() + "'";
    String state = String.valueOf(e.getSQLState());
    int code = vendorCode(e);
    if (state.startsWith(INVALID_AUTHORIZATION_CLASS)
        || MYSQL_REFUSED.contains(code)
        || CLICKHOUSE_REFUSED.contains(code)) {
      return "%s refused user %s: check %s_USERNAME and %s_PASSWORD."
          .formatted(where, user, name, name);
    }
    if (code == MYSQL_NO_ACCESS) {
      return "%s does not let user %s into that database: grant it, or name another database in the URL."
          .formatted(where, user);
    }
    if (state.equals(UNKNOWN_DATABASE)
        || code == MYSQL_UNKNOWN_DATABASE
        || code == CLICKHOUSE_UNKNOWN_DATABASE) {
      return "%s has no such database: create it, or name another one in the URL.".formatted(where);
    }
    return "%s cannot be reached (%s): check host and port, and that the server runs."
        .formatted(where, firstLine(deepest(e)));
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
