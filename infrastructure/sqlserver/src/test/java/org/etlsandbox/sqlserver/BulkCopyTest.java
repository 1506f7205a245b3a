package org.etlsandbox.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.sqlserver.jdbc.SQLServerBulkCopyOptions;
import com.microsoft.sqlserver.jdbc.SQLServerException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.testkit.SampleFlat;
import org.etlsandbox.testkit.engine.EngineReport;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one statement that the driver writes, and what it is told for it. */
class BulkCopyTest {
  private static final Server SQL_SERVER = new Server("SQL Server", true);
  private static final Server ANOTHER = new Server("another", false);
  private static final String ORDER =
      ", ORDER([rental_id] ASC, [payment_id] ASC, [category_id] ASC)";

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void itIsPartOfTheTransactionAndChecksConstraints(boolean tableLock) throws SQLServerException {
    SQLServerBulkCopyOptions options = BulkCopy.options(tableLock, 17);
    assertThat(options.isTableLock()).isEqualTo(tableLock);
    assertThat(options.isCheckConstraints()).isTrue();
    assertThat(options.isUseInternalTransaction()).isFalse();
    assertThat(options.getBatchSize()).as("one batch").isZero();
    assertThat(options.getBulkCopyTimeout()).isEqualTo(17);
    assertThat(options.isFireTriggers()).isFalse();
    assertThat(options.isKeepNulls()).isFalse();
    assertThat(options.isKeepIdentity()).isFalse();
    assertThat(options.isAllowEncryptedValueModifications()).isFalse();
  }

  /** Whatever is not declared so is guessed: a scale from the first row, a length from the text. */
  @Test
  void columnsAreDeclaredAsStagingHasThem() {
    FlatBulkData data = new FlatBulkData(FlatStream.of(List.of()), 1, SQL_SERVER);
    Map<String, String> declared = new LinkedHashMap<>();
    for (int column : data.getColumnOrdinals()) {
      declared.put(data.getColumnName(column), declaration(data, column));
    }
    Map<String, String> staging = new LinkedHashMap<>();
    TableColumns.of(Statements.EMPTY_STAGING)
        .columns()
        .forEach((name, type) ->
            staging.put(name, type.replaceAll("( COLLATE \\S+)?( NOT)? NULL$", "")));
    assertThat(declared).hasSize(12).containsExactlyEntriesOf(staging);
  }

  private static String declaration(FlatBulkData data, int column) {
    int precision = data.getPrecision(column);
    int scale = data.getScale(column);
    return switch (data.getColumnType(column)) {
      case java.sql.Types.BIGINT -> precision == 19 && scale == 0 ? "bigint" : "bigint, but how?";
      case java.sql.Types.NVARCHAR -> "nvarchar(%d)".formatted(precision);
      case java.sql.Types.VARCHAR -> "varchar(%d)".formatted(precision);
      case java.sql.Types.DECIMAL -> "decimal(%d, %d)".formatted(precision, scale);
      default -> "type " + data.getColumnType(column);
    };
  }

  @Test
  void rowsAreSaidToComeInTheOrderOfTheClusteredKey() {
    String key = "PRIMARY KEY CLUSTERED (%s)".formatted(String.join(", ", BulkCopy.KEY));
    assertThat(List.of(MigrationTest.script(), Statements.EMPTY_STAGING, Statements.CREATE_CANARY))
        .allSatisfy(table -> assertThat(table).contains(key));
  }

  /**
   * The driver logs what it is about to send, so the statement for SQL Server can be seen on any
   * server; whether the server takes it shows on SQL Server only.
   */
  @Test
  void theDriverSendsWhatWasAgreedOn(TestReporter reporter) throws SQLException {
    try (TestDatabase database = TestEngines.sqlServer().newDatabase();
        Destination destination = new SqlServerDestinationProvider().open(database.settings())) {
      reporter.publishEntry(EngineReport.ENGINE_ENTRY, database.engine());
      destination.prepare();
      GoldenFile staging = GoldenFile.of("bulkcopy", "insert_bulk_staging");
      GoldenFile straight = GoldenFile.of("bulkcopy", "insert_bulk_straight");
      staging.assertExplained();
      straight.assertExplained();

      String intoStaging = GoldenFile.onOneLine(staging.statement());
      assertThat(sent(database, SQL_SERVER, true)).isEqualTo(intoStaging);
      assertThat(sent(database, SQL_SERVER, false))
          .isEqualTo(GoldenFile.onOneLine(straight.statement()));
      assertThat(intoStaging).contains(ORDER);
      assertThat(sent(database, ANOTHER, true).replaceAll("ROWS_PER_BATCH = \\d+, ", ""))
          .as("no ORDER hint for a server that is not SQL Server, and batches for one of them")
          .isEqualTo(intoStaging.replace(ORDER, ""));
    }
  }

  @Test
  void everyGoldenFileIsCompared() {
    assertThat(GoldenFile.names("bulkcopy"))
        .containsExactly("insert_bulk_staging", "insert_bulk_straight");
  }

  /** Only SQL Server must take what it is sent here: for another, it is no statement of ours. */
  private static String sent(TestDatabase database, Server server, boolean staging)
      throws SQLException {
    try (Connection connection = database.connect();
        DriverLog log = new DriverLog()) {
      connection.setAutoCommit(false);
      RefreshTransaction.emptyStaging(connection);
      BulkCopy copy = new BulkCopy(connection, server);
      FlatStream row = FlatStream.of(List.of(SampleFlat.row(1, 1, 1)));
      boolean itself = database.engine().startsWith("SQL Server") == server.isSqlServer();
      try {
        long read = staging ? copy.intoStaging(row, 1) : copy.into("customer_order_flat", row, 1);
        assertThat(read).isEqualTo(1);
      } catch (SQLServerException e) {
        if (itself) {
          throw e;
        }
      }
      return log.insertBulk();
    }
  }

  /** Listens to the driver's bulk copies until it is closed. */
  private static final class DriverLog extends Handler implements AutoCloseable {
    private final Logger logger =
        Logger.getLogger("com.microsoft.sqlserver.jdbc.SQLServerBulkCopy");
    private final List<String> messages = new ArrayList<>();
    private final Level level = logger.getLevel();
    private final boolean useParentHandlers = logger.getUseParentHandlers();

    DriverLog() {
      logger.setLevel(Level.FINER);
      logger.setUseParentHandlers(false);
      logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord entry) {
      messages.add(String.valueOf(entry.getMessage()));
    }

    /** A column of {@code varchar} is sent under the collation that the server gave it. */
    String insertBulk() {
      List<String> statements =
          messages.stream().filter(message -> message.contains("INSERT BULK")).toList();
      assertThat(statements).as("bulk copies among %s", messages).hasSize(1);
      String statement = statements.getFirst();
      return GoldenFile.onOneLine(
          statement
              .substring(statement.indexOf("INSERT BULK"))
              .replaceAll("(VARCHAR\\(19\\)) COLLATE \\w+", "$1"));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
      logger.setUseParentHandlers(useParentHandlers);
      logger.setLevel(level);
    }
  }
}
