package org.etlsandbox.benchmark.arena;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.zip.CRC32C;
import org.etlsandbox.clickhouse.ClickHouseSchema;
import org.etlsandbox.soak.stage.Login;

/** The keyed table of joined rows in a destination, and what is in it. */
public final class FlatTable {

  public static final String NAME = "customer_order_flat";

  public static final String COLUMNS =
      "rental_id, payment_id, category_id, customer_id, customer_name, film_id, film_title,"
          + " category, amount, rental_date, return_date";

  private static final int COLUMN_COUNT = 11;

  /** The last two are dates to the second; how many zeros a driver prints after it varies. */
  private static final int FIRST_DATE = 10;

  private static final int DATE_LENGTH = "2005-05-24 22:53:30".length();

  /** As somebody without us would make it. */
  private static final String POSTGRESQL =
      """
      CREATE TABLE customer_order_flat (
        rental_id     bigint         NOT NULL,
        payment_id    bigint         NOT NULL,
        category_id   bigint         NOT NULL,
        customer_id   bigint         NOT NULL,
        customer_name text           NOT NULL,
        film_id       bigint         NOT NULL,
        film_title    text           NOT NULL,
        category      text           NOT NULL,
        amount        numeric(10, 2) NOT NULL,
        rental_date   timestamp(0)   NOT NULL,
        return_date   timestamp(0),
        PRIMARY KEY (rental_id, payment_id, category_id)
      )
      """;

  /** As somebody without us would make it. */
  private static final String SQLSERVER =
      """
      CREATE TABLE customer_order_flat (
        rental_id     bigint         NOT NULL,
        payment_id    bigint         NOT NULL,
        category_id   bigint         NOT NULL,
        customer_id   bigint         NOT NULL,
        customer_name nvarchar(182)  NOT NULL,
        film_id       bigint         NOT NULL,
        film_title    nvarchar(510)  NOT NULL,
        category      nvarchar(50)   NOT NULL,
        amount        decimal(10, 2) NOT NULL,
        rental_date   datetime2(0)   NOT NULL,
        return_date   datetime2(0),
        PRIMARY KEY CLUSTERED (rental_id, payment_id, category_id)
      )
      """;

  /**
   * The same, with dates as the texts that a bulk copy sends, since nothing converts them there.
   */
  private static final String BABELFISH =
      """
      CREATE TABLE customer_order_flat (
        rental_id     bigint         NOT NULL,
        payment_id    bigint         NOT NULL,
        category_id   bigint         NOT NULL,
        customer_id   bigint         NOT NULL,
        customer_name nvarchar(182)  NOT NULL,
        film_id       bigint         NOT NULL,
        film_title    nvarchar(510)  NOT NULL,
        category      nvarchar(50)   NOT NULL,
        amount        decimal(10, 2) NOT NULL,
        rental_date   varchar(19)    NOT NULL,
        return_date   varchar(19),
        PRIMARY KEY CLUSTERED (rental_id, payment_id, category_id)
      )
      """;

  // Sums, so that the order of the rows is of no account
  private static final String POSTGRESQL_DIGEST =
      """
      SELECT count(*), coalesce(sum(hashtextextended(concat_ws('|', %s), 0)::numeric), 0)::text
        FROM %s
      """;

  private static final String CLICKHOUSE_DIGEST =
      """
      SELECT count(), toString(sum(cityHash64(%s)))
        FROM %s FINAL
       WHERE is_deleted = 0
      """;

  private FlatTable() {}

  /** Makes an empty one. ClickHouse's is the one that our worker makes. */
  public static void create(Database database) throws SQLException {
    try (Connection connection = database.login().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          switch (database.product()) {
            case POSTGRESQL -> POSTGRESQL;
            case SQLSERVER -> SQLSERVER;
            case BABELFISH -> BABELFISH;
            case CLICKHOUSE -> ClickHouseSchema.tableDdl();
          });
      if (database.product() == Product.POSTGRESQL) {
        statement.execute("CHECKPOINT");
      }
    }
  }

  /**
   * What is in it.
   *
   * @param rows without tombstones
   * @param digest of all these rows, whatever their order; equal tables of one product have equal
   *     digests
   */
  public record Content(long rows, String digest) {}

  /** Of a table that {@link #create} made. */
  public static Content content(Database database) throws SQLException {
    return content(database, NAME);
  }

  /** Of the table that a worker made. */
  public static Content contentOfWorker(Database database) throws SQLException {
    return content(database, database.product() == Product.CLICKHOUSE ? NAME : NAME + "_current");
  }

  private static Content content(Database database, String table) throws SQLException {
    return switch (database.product()) {
      case POSTGRESQL -> asked(database.login(), POSTGRESQL_DIGEST.formatted(COLUMNS, table));
      case CLICKHOUSE -> asked(database.login(), CLICKHOUSE_DIGEST.formatted(COLUMNS, table));
      case SQLSERVER, BABELFISH ->
          computed(database.login(), "SELECT %s FROM %s".formatted(COLUMNS, table));
    };
  }

  private static Content asked(Login login, String sql) throws SQLException {
    try (Connection connection = login.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return new Content(row.getLong(1), row.getString(2));
    }
  }

  /** For a server that has no hash which all that answer its protocol agree about. */
  private static Content computed(Login login, String sql) throws SQLException {
    BigInteger sum = BigInteger.ZERO;
    long rows = 0;
    try (Connection connection = login.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        StringBuilder text = new StringBuilder();
        for (int column = 1; column <= COLUMN_COUNT; column++) {
          String value = row.getString(column);
          boolean date = column >= FIRST_DATE && value != null;
          text.append(date ? value.substring(0, DATE_LENGTH) : value).append('|');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        CRC32C hash = new CRC32C();
        hash.update(bytes);
        sum =
            sum.add(
                BigInteger.valueOf(
                    hash.getValue() << 32 | text.toString().hashCode() & 0xFFFFFFFFL));
        rows++;
      }
    }
    return new Content(rows, sum.toString(16));
  }

  /** A lap of somebody who is not our worker. */
  public static Lap lap(Content content, double seconds, Map<String, Double> cpuSeconds) {
    return new Lap(seconds, cpuSeconds, 0, 0, content.rows(), content.digest());
  }
}
