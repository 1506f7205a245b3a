package org.etlsandbox.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.List;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.FlatStream;

/** Proves, through the way that all rows take, that a wall clock comes back as it went in. */
final class WallClockCanary {
  // The first does not exist in Mexico, the second lies before every time zone
  private static final List<LocalDateTime> MOMENTS =
      List.of(LocalDateTime.of(2010, 4, 4, 2, 30, 0), LocalDateTime.of(1000, 1, 1, 0, 0, 0));

  private static final String READ =
      "SELECT rental_date, return_date, rental_date::text FROM pg_temp.etl_staging";

  private WallClockCanary() {}

  /** Leaves a row in the staging table of a transaction that is to be rolled back. */
  static void prove(Connection connection, ConnectionSettings settings) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(RefreshTransaction.CREATE_STAGING);
      new RefreshTransaction(connection, 1)
          .copyToStaging(
              FlatStream.of(
                  List.of(
                      new CustomerOrderFlat(
                          1, 1, 1, 1, "", 1, "", "", 0, MOMENTS.get(0), MOMENTS.get(1)))));
      try (ResultSet row = statement.executeQuery(READ)) {
        row.next();
        List<LocalDateTime> found =
            List.of(row.getObject(1, LocalDateTime.class), row.getObject(2, LocalDateTime.class));
        if (!found.equals(MOMENTS) || !row.getString(3).equals("2010-04-04 02:30:00")) {
          throw new StoreException(
              Kind.PERMANENT,
              "%s: wall clocks %s came back as %s, in text %s. Remove whatever sets a time zone or a date style for this user, database or URL."
                  .formatted(settings, MOMENTS, found, row.getString(3)));
        }
      }
    }
  }
}
