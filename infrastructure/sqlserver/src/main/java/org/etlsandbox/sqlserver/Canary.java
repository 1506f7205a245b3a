package org.etlsandbox.sqlserver;

import com.microsoft.sqlserver.jdbc.SQLServerException;
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
import org.jspecify.annotations.Nullable;

/** Proves, through the ways that rows take, that a wall clock comes back as it went in. */
record Canary(Server server, ConnectionSettings settings) {
  // The first does not exist in Mexico, the second was left out between the calendars
  private static final List<LocalDateTime> MOMENTS =
      List.of(LocalDateTime.of(2010, 4, 4, 2, 30, 0), LocalDateTime.of(1582, 10, 10, 0, 0, 0));

  /**
   * Through staging, which every row may take. Leaves a row there.
   *
   * @throws StoreException of kind {@code PERMANENT} when another moment comes back
   */
  void proveStaging(Connection connection) throws SQLException {
    RefreshTransaction.emptyStaging(connection);
    new BulkCopy(connection, server).intoStaging(row(), 1);
    List<@Nullable LocalDateTime> found = found(connection, Statements.CANARY_STAGED);
    if (!found.equals(MOMENTS)) {
      throw new StoreException(
          Kind.PERMANENT,
          "%s: wall clocks %s came back as %s. Nothing is written as long as that is so."
              .formatted(settings, MOMENTS, found));
    }
  }

  /**
   * Whether rows may go straight into a table with dates: SQL Server converts a text while it bulk
   * copies, others that speak its protocol store the bytes of the text as if they were a date.
   */
  boolean goesStraight(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(Statements.CREATE_CANARY);
      new BulkCopy(connection, server).into("#etl_canary", row(), 1);
      return found(connection, Statements.CANARY_STRAIGHT).equals(MOMENTS);
    } catch (SQLServerException e) {
      if (e.getSQLServerError() == null) {
        throw e; // the connection, not the conversion
      }
      return false;
    }
  }

  private static FlatStream row() {
    return FlatStream.of(
        List.of(
            new CustomerOrderFlat(
                1, 1, 1, 1, "", 1, "", "", 0, MOMENTS.getFirst(), MOMENTS.getLast())));
  }

  private static List<@Nullable LocalDateTime> found(Connection connection, String query)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return java.util.Arrays.asList(
          row.getObject(1, LocalDateTime.class), row.getObject(2, LocalDateTime.class));
    }
  }
}
