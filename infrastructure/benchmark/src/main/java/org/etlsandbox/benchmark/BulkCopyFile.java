package org.etlsandbox.benchmark;

import com.microsoft.sqlserver.jdbc.SQLServerBulkCopy;
import com.microsoft.sqlserver.jdbc.SQLServerBulkCopyOptions;
import com.microsoft.sqlserver.jdbc.SQLServerConnection;
import com.microsoft.sqlserver.jdbc.SQLServerSortOrder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.etlsandbox.benchmark.arena.Arena;
import org.etlsandbox.benchmark.arena.CpuTime;
import org.etlsandbox.benchmark.arena.Database;
import org.etlsandbox.benchmark.arena.FlatTable;
import org.etlsandbox.benchmark.arena.Lap;
import org.etlsandbox.benchmark.arena.Product;
import org.etlsandbox.soak.stage.DestinationChoice;

/**
 * A bulk copy of the finished rows, sorted, with a lock on the table: what the destination alone
 * costs.
 *
 * @see <a
 *     href="https://learn.microsoft.com/sql/connect/jdbc/using-bulk-copy-with-the-jdbc-driver">Bulk
 *     copy with the JDBC driver</a>
 */
final class BulkCopyFile implements Contestant {

  private static final List<String> KEY = List.of("rental_id", "payment_id", "category_id");

  private final Arena arena;
  private final FinishedRows rows;

  BulkCopyFile(Arena arena, FinishedRows rows) {
    this.arena = arena;
    this.rows = rows;
  }

  @Override
  public String key() {
    return "file";
  }

  @Override
  public String title() {
    return "bulk copy of the finished file";
  }

  @Override
  public Lap run() throws IOException, SQLException, InterruptedException {
    try (Database database = arena.newDestination(DestinationChoice.MARS)) {
      FlatTable.create(database);
      CpuTime cpu = new CpuTime(arena.servers(database));
      double own = CpuTime.ownSeconds();
      double seconds;
      try (Connection connection = database.login().connect();
          BufferedReader lines = Files.newBufferedReader(rows.file())) {
        long began = System.nanoTime();
        copy(connection, lines, database.product() == Product.SQLSERVER);
        seconds = (System.nanoTime() - began) / 1e9;
      }
      Map<String, Double> used = cpu.used();
      used.put("client", CpuTime.ownSeconds() - own);
      return FlatTable.lap(FlatTable.content(database), seconds, used);
    }
  }

  private static void copy(Connection connection, BufferedReader lines, boolean sorted)
      throws SQLException {
    SQLServerBulkCopyOptions options = new SQLServerBulkCopyOptions();
    options.setTableLock(true);
    options.setBulkCopyTimeout(0);
    try (SQLServerBulkCopy copy =
        new SQLServerBulkCopy(connection.unwrap(SQLServerConnection.class))) {
      copy.setDestinationTableName(FlatTable.NAME);
      for (int i = 1; i <= FinishedBulkData.COLUMNS.size(); i++) {
        copy.addColumnMapping(i, FinishedBulkData.COLUMNS.get(i - 1).name());
      }
      if (sorted) {
        for (String column : KEY) {
          copy.addColumnOrderHint(column, SQLServerSortOrder.ASCENDING);
        }
      }
      copy.setBulkCopyOptions(options);
      copy.writeToServer(new FinishedBulkData(lines));
    }
  }
}
