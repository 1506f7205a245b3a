package org.etlsandbox.stack.doctor;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.etlsandbox.connection.TlsFailure;

/** Jupiter as given by {@code JUPITER_URL}: reachable, and then every {@link JupiterProbe}. */
final class JupiterChecks implements Check {

  private static final String SUBJECT = "jupiter";

  private final JupiterAddress address;
  private final List<JupiterProbe> probes;

  JupiterChecks(Map<String, String> environment) {
    this.address = new JupiterAddress(environment);
    this.probes =
        List.of(
            new ServerProbe(),
            new ReplicaProbe(environment),
            new ClockProbe(),
            new TableProbe(),
            new IndexProbe(),
            new TransactionProbe());
  }

  @Override
  public List<Finding> run() {
    if (!address.isGiven()) {
      return List.of(Finding.ok(SUBJECT, "JUPITER_URL is not set: up starts an embedded one"));
    }
    if (!address.prefix().equals("jdbc:mysql:")) {
      return List.of(
          Finding.fail(
              SUBJECT,
              "JUPITER_URL begins with '" + address.prefix() + "', not with 'jdbc:mysql:'",
              "write jdbc:mysql://host:3306/database (MariaDB too)"));
    }
    List<Finding> findings = new ArrayList<>();
    try (Connection jupiter = DriverManager.getConnection(address.url(), address.properties())) {
      if (jupiter.getCatalog() == null || jupiter.getCatalog().isEmpty()) {
        return List.of(
            Finding.fail(
                SUBJECT,
                "JUPITER_URL names no database on " + address,
                "write jdbc:mysql://host:3306/database"));
      }
      try (Statement statement = jupiter.createStatement()) {
        statement.execute("SET time_zone = '+00:00'");
      }
      findings.add(Finding.ok(SUBJECT, "reached " + address));
      for (JupiterProbe probe : probes) {
        findings.addAll(look(probe, jupiter));
      }
    } catch (SQLException e) {
      findings.add(unreachable(e));
    }
    return findings;
  }

  private static List<Finding> look(JupiterProbe probe, Connection jupiter) {
    try {
      return probe.look(jupiter);
    } catch (SQLException e) {
      return List.of(
          Finding.fail(
              probe.subject(),
              "Jupiter refused the question (" + MySqlError.describe(e) + ")",
              "see what the account may do: SHOW GRANTS"));
    }
  }

  /** The driver's own message is left out: it may repeat what stands in the URL. */
  private Finding unreachable(SQLException error) {
    return switch (error.getErrorCode()) {
      case MySqlError.ACCESS_DENIED, MySqlError.ACCESS_DENIED_NO_PASSWORD ->
          Finding.fail(
              SUBJECT,
              address + " refuses user or password (" + address.credentials() + ")",
              "correct JUPITER_USERNAME and JUPITER_PASSWORD");
      case MySqlError.UNKNOWN_DATABASE ->
          Finding.fail(
              SUBJECT, "no such database: " + address, "correct the database in JUPITER_URL");
      case MySqlError.NO_ACCESS_TO_DATABASE ->
          Finding.fail(
              SUBJECT,
              "the account has no access to the database of " + address,
              "GRANT SELECT on it; " + address.credentials());
      case MySqlError.HOST_NOT_ALLOWED ->
          Finding.fail(
              SUBJECT,
              address + " admits no account from this host",
              "CREATE USER for this host there");
      case MySqlError.TOO_MANY_CONNECTIONS ->
          Finding.fail(SUBJECT, address + " has no connection left", "raise max_connections there");
      default -> notConnected(error);
    };
  }

  private Finding notConnected(SQLException error) {
    String why;
    String todo = "check host and port in JUPITER_URL, and that the server runs";
    if (MySqlError.cause(error, UnknownHostException.class).isPresent()) {
      why = "no host of that name";
    } else if (MySqlError.cause(error, ConnectException.class).isPresent()) {
      why = "nothing accepts connections there";
    } else if (MySqlError.cause(error, SocketTimeoutException.class).isPresent()) {
      why = "no answer in time";
    } else if (TlsFailure.in(address.settings(), error).isPresent()) {
      TlsFailure tls = TlsFailure.in(address.settings(), error).get();
      why = "no secure connection: " + tls.problem();
      todo = tls.remedy();
    } else {
      why = "SQLState %s, error %d".formatted(error.getSQLState(), error.getErrorCode());
      todo = "check JUPITER_URL, its parameters included";
    }
    return Finding.fail(SUBJECT, "cannot connect to " + address + ": " + why, todo);
  }
}
