package org.etlsandbox.betaapi;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.etlsandbox.connection.TlsFailure;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells an outage of the destination from a fault of ours, by SQLState or vendor code.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL</a>
 * @see <a
 *     href="https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors">SQL
 *     Server</a>
 */
@Component
class DestinationOutages {

  private static final int SQL_SERVER_NO_SUCH_OBJECT = 208;
  private static final int SQL_SERVER_NO_PERMISSION = 229;
  private static final int SQL_SERVER_CANNOT_OPEN_DATABASE = 4060;
  private static final int SQL_SERVER_NO_SUCH_DATABASE = 911;
  private static final int SQL_SERVER_LOGIN_FAILED = 18456;

  private final QueryProperties query;

  DestinationOutages(QueryProperties query) {
    this.query = query;
  }

  /** The outage behind a failed query, or empty where the destination is not to blame. */
  Optional<DestinationOutage> of(Throwable failure) {
    Optional<TlsFailure> tls = TlsFailure.in(failure);
    if (tls.isPresent()) {
      return Optional.of(
          new DestinationOutage(
              "Destination '%s' offers no secure connection: %s."
                  .formatted(query.destination(), tls.get().problem()),
              null));
    }
    SQLException said = whatTheDriverSaid(failure);
    if (said == null) {
      return Optional.empty();
    }
    return Optional.ofNullable(reason(said))
        .map(reason ->
            new DestinationOutage(
                "Destination '%s' %s.".formatted(query.destination(), reason), said.getSQLState()));
  }

  // The deepest one: above it is what the pool and Hibernate made of it
  private static @Nullable SQLException whatTheDriverSaid(Throwable failure) {
    SQLException deepest = null;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException e) {
        deepest = e;
      }
    }
    return deepest;
  }

  private @Nullable String reason(SQLException said) {
    return query.product() == SqlProduct.SQL_SERVER && byVendorCode(said) instanceof String known
        ? known
        : byState(said);
  }

  private @Nullable String byVendorCode(SQLException said) {
    return switch (said.getErrorCode()) {
      case SQL_SERVER_NO_SUCH_OBJECT -> noView();
      case SQL_SERVER_NO_PERMISSION -> noRight();
      case SQL_SERVER_CANNOT_OPEN_DATABASE, SQL_SERVER_NO_SUCH_DATABASE -> noDatabase();
      case SQL_SERVER_LOGIN_FAILED -> refused();
      default -> null;
    };
  }

  private @Nullable String byState(SQLException said) {
    String state = said.getSQLState();
    if (state == null) {
      return said instanceof SQLTransientConnectionException
          ? "is busy: no connection became free within " + query.connectTimeout()
          : null;
    }
    return switch (state) {
      case "42P01" -> noView();
      case "42501" -> noRight();
      case "3D000" -> noDatabase();
      case "08004" -> "has no TLS, or wants a login of another kind";
      case "57014", "HY008" ->
          "did not answer in time: etl.query.timeout is %s, for exports etl.query.export-timeout is %s"
              .formatted(query.timeout(), query.exportTimeout());
      default ->
          switch (state.substring(0, 2)) {
            case "08" -> "cannot be reached";
            case "28" -> refused();
            case "53" -> "is out of resources";
            case "57" -> "is starting or shutting down";
            default -> null;
          };
    };
  }

  private static String noView() {
    return "has no view " + CurrentFlat.VIEW + " yet: its worker creates it when it starts";
  }

  private static String noRight() {
    return "does not let us read %s, or %s, which has the tombstones: grant SELECT to the user of beta-api"
        .formatted(CurrentFlat.VIEW, StoredFlat.TABLE);
  }

  private static String noDatabase() {
    return "does not have the database that etl.query.url names";
  }

  private static String refused() {
    return "refuses user name or password: check etl.query.username and etl.query.password";
  }
}
