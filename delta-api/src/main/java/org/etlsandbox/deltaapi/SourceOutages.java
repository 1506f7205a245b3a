package org.etlsandbox.deltaapi;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.etlsandbox.deltaapi.catalogue.Product;
import org.jspecify.annotations.Nullable;

/**
 * Tells an outage of a source from a fault of ours, by SQLState or vendor code.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL</a>
 * @see <a
 *     href="https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html">MySQL</a>
 * @see <a
 *     href="https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors">SQL
 *     Server</a>
 * @see <a href="https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp">
 *     ClickHouse</a>
 */
final class SourceOutages {

  private static final String DOWN = "cannot be reached";
  private static final String REFUSED = "refuses user name or password";
  private static final String NO_DATABASE = "does not have the database that its URL names";
  private static final String NO_RIGHT = "does not let us read its catalogue";
  private static final String SLOW = "did not answer in time";

  private SourceOutages() {}

  /**
   * @param connected whether the failure came after a connection had been got
   */
  static Optional<SourceUnavailableException> of(
      String source, Product product, SQLException failure, boolean connected) {
    SQLException said = whatTheDriverSaid(failure);
    String reason = reason(product, said);
    if (reason == null && !connected) {
      reason = DOWN;
    }
    return Optional.ofNullable(reason)
        .map(known ->
            new SourceUnavailableException(
                source,
                "Source '%s' (%s) %s.".formatted(source, product.title(), known),
                said.getSQLState(),
                failure));
  }

  // The deepest one: above it is what the pool made of it
  private static SQLException whatTheDriverSaid(SQLException failure) {
    SQLException deepest = failure;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException e) {
        deepest = e;
      }
    }
    return deepest;
  }

  private static @Nullable String reason(Product product, SQLException said) {
    String known =
        switch (product) {
          case MYSQL -> ofMySql(said.getErrorCode());
          case POSTGRESQL -> null;
          case SQL_SERVER -> ofSqlServer(said.getErrorCode());
          case CLICKHOUSE -> ofClickHouse(said.getErrorCode());
        };
    if (known != null) {
      return known;
    }
    if (said instanceof SQLTimeoutException) {
      return SLOW;
    }
    return byState(said);
  }

  private static @Nullable String ofMySql(int code) {
    return switch (code) {
      case 1045, 1698 -> REFUSED;
      case 1049 -> NO_DATABASE;
      case 1044, 1142, 1227 -> NO_RIGHT;
      case 1205, 1317, 3024, 1969 -> SLOW;
      default -> null;
    };
  }

  private static @Nullable String ofSqlServer(int code) {
    return switch (code) {
      case 18456 -> REFUSED;
      case 911, 4060 -> NO_DATABASE;
      case 229, 297, 300 -> NO_RIGHT;
      default -> null;
    };
  }

  private static @Nullable String ofClickHouse(int code) {
    return switch (code) {
      case 192, 193, 194, 516 -> REFUSED;
      case 81 -> NO_DATABASE;
      case 497 -> NO_RIGHT;
      case 159 -> SLOW;
      case 202, 209, 210 -> DOWN;
      default -> null;
    };
  }

  private static @Nullable String byState(SQLException said) {
    String state = said.getSQLState();
    if (state == null) {
      return said instanceof SQLTransientConnectionException
          ? "is busy: no connection became free"
          : null;
    }
    return switch (state) {
      case "42501" -> NO_RIGHT;
      case "3D000" -> NO_DATABASE;
      case "57014", "HY008" -> SLOW;
      default ->
          switch (state.substring(0, Math.min(2, state.length()))) {
            case "08" -> DOWN;
            case "28" -> REFUSED;
            case "53" -> "is out of resources";
            case "57" -> "is starting or shutting down";
            default -> null;
          };
    };
  }
}
