package org.etlsandbox.stack.plan;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.etlsandbox.connection.SqlServerUrl;

/** Whether a server of the user's can be reached and lets us in; one line says why not. */
public final class ServerCheck {

  private static final int PATIENCE_SECONDS = 5;

  /** What came of asking a server. */
  public sealed interface Outcome {
    Store store();
  }

  /**
   * What answered.
   *
   * @param product as the server's driver calls it; of what speaks SQL Server's protocol, what it
   *     is
   */
  public record Answer(Store store, String product, String version) implements Outcome {}

  /**
   * Nothing did, or it let us not in.
   *
   * @param seen what happened, with the address
   * @param todo what to do about it
   */
  public record Refusal(Store store, String seen, String todo) implements Outcome {

    /** Both in one line. */
    public String sentence() {
      return "%s: %s.".formatted(seen, todo);
    }
  }

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
    for (Outcome outcome : askAll(servers)) {
      switch (outcome) {
        case Answer answer -> answers.add(answer);
        case Refusal refusal -> problems.add(refusal.sentence());
      }
    }
    if (!problems.isEmpty()) {
      throw StackFailure.failed(String.join(System.lineSeparator(), problems));
    }
    return answers;
  }

  /** Asks all servers at the same time; the outcomes are in their order. */
  public static List<Outcome> askAll(Collection<ExternalServer> servers)
      throws InterruptedException {
    List<Outcome> outcomes = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Outcome>> questions =
          servers.stream().<Callable<Outcome>>map(server -> () -> ask(server)).toList();
      for (Future<Outcome> outcome : executor.invokeAll(questions)) {
        outcomes.add(outcome.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    return outcomes;
  }

  /** A connection to a server, encrypted and verified as it is to be; given up after seconds. */
  public static Connection connect(ExternalServer server) throws SQLException {
    return DriverManager.getConnection(server.url(), properties(server));
  }

  private static Outcome ask(ExternalServer server) {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      if (SqlServerUrl.isOne(server.url())) {
        return askSqlServer(server.store(), statement);
      }
      // why: some drivers connect only when the first statement asks for it
      statement.execute("SELECT 1");
      DatabaseMetaData data = connection.getMetaData();
      String version = data.getDatabaseProductVersion();
      // why: MySQL's driver calls every server MySQL
      String product = version.contains("MariaDB") ? "MariaDB" : data.getDatabaseProductName();
      return new Answer(server.store(), product, version);
    } catch (SQLException e) {
      return new ConnectFailure(server, e).inWords();
    }
  }

  /** Its driver calls every server Microsoft SQL Server. */
  private static Answer askSqlServer(Store store, Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            """
            SELECT CAST(SERVERPROPERTY('BabelfishVersion') AS NVARCHAR(128)),
                   CAST(SERVERPROPERTY('ProductVersion') AS NVARCHAR(128))
            """)) {
      row.next();
      String babelfish = row.getString(1);
      return babelfish == null
          ? new Answer(store, "SQL Server", row.getString(2))
          : new Answer(store, "Babelfish", babelfish);
    }
  }

  private static Properties properties(ExternalServer server) {
    Properties properties = new Properties();
    properties.putAll(server.settings().tlsProperties());
    if (!server.username().isEmpty()) {
      properties.setProperty("user", server.username());
      properties.setProperty("password", server.password());
    }
    if (server.url().startsWith("jdbc:mysql:")) {
      properties.setProperty("connectTimeout", Integer.toString(PATIENCE_SECONDS * 1000));
    } else if (server.url().startsWith("jdbc:postgresql:")) {
      properties.setProperty("connectTimeout", Integer.toString(PATIENCE_SECONDS));
      properties.setProperty("loginTimeout", Integer.toString(PATIENCE_SECONDS));
    } else if (SqlServerUrl.isOne(server.url())) {
      properties.setProperty("loginTimeout", Integer.toString(PATIENCE_SECONDS));
      // why: it would try a database that is not there once more, ten seconds later
      properties.setProperty("connectRetryCount", "0");
    } else {
      properties.setProperty("connection_timeout", Integer.toString(PATIENCE_SECONDS * 1000));
    }
    return properties;
  }
}
