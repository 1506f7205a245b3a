package org.etlsandbox.stack.doctor;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/**
 * Whether Jupiter is itself a copy. On a replica open transactions are not those of the primary, so
 * what is still to appear cannot be told from them.
 */
final class ReplicaProbe implements JupiterProbe {

  private final boolean commitLagSet;

  ReplicaProbe(Map<String, String> environment) {
    this.commitLagSet = !environment.getOrDefault("ETL_POLL_COMMIT_LAG", "").isBlank();
  }

  @Override
  public String subject() {
    return "jupiter replica";
  }

  @Override
  public List<Finding> look(Connection jupiter) throws SQLException {
    try (Statement statement = jupiter.createStatement();
        ResultSet sources = statement.executeQuery("SHOW REPLICA STATUS")) {
      return List.of(judge(sources.next()));
    } catch (SQLException e) {
      return switch (e.getErrorCode()) {
        case MySqlError.MISSING_GLOBAL_PRIVILEGE -> List.of(guess(jupiter));
        // Before MySQL 8.0.22
        case MySqlError.PARSE_ERROR -> List.of(askTheOldWay(jupiter));
        default -> throw e;
      };
    }
  }

  private Finding askTheOldWay(Connection jupiter) throws SQLException {
    try (Statement statement = jupiter.createStatement();
        ResultSet sources = statement.executeQuery("SHOW SLAVE STATUS")) {
      return judge(sources.next());
    } catch (SQLException e) {
      if (e.getErrorCode() == MySqlError.MISSING_GLOBAL_PRIVILEGE) {
        return guess(jupiter);
      }
      throw e;
    }
  }

  /** Without the privilege to ask: replicas are usually read-only, primaries never. */
  private Finding guess(Connection jupiter) throws SQLException {
    try (Statement statement = jupiter.createStatement();
        ResultSet row = statement.executeQuery("SELECT @@GLOBAL.read_only")) {
      row.next();
      String readOnly = row.getString(1);
      return readOnly.equals("0") || readOnly.equals("OFF")
          ? Finding.ok(subject(), "takes writes; whether it replicates, this account may not ask")
          : Finding.warn(
              subject(),
              "is read-only (read_only=" + readOnly + "), so probably a replica",
              "point JUPITER_URL at the primary");
    }
  }

  Finding judge(boolean replica) {
    if (!replica) {
      return Finding.ok(subject(), "not a replica");
    }
    return commitLagSet
        ? Finding.warn(
            subject(),
            "is a replica, accepted because ETL_POLL_COMMIT_LAG is set",
            "the lag must exceed replication delay plus the longest transaction")
        : Finding.fail(
            subject(),
            "is a replica of another server",
            "point JUPITER_URL at the primary, or set etl.poll.commit-lag on purpose");
  }
}
