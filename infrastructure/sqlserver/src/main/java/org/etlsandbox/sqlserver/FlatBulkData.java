package org.etlsandbox.sqlserver;

import com.microsoft.sqlserver.jdbc.ISQLServerBulkData;
import java.math.BigDecimal;
import java.sql.Types;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.flat.FlatStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows as a bulk copy asks for them, under the types declared here.
 *
 * <p>A DATETIME goes as the text {@code yyyy-MM-ddTHH:mm:ss}, which the server converts whatever
 * its language. The driver's own binary form passes through a calendar in the JVM's time zone,
 * where a wall clock may not exist (a gap in spring, ten days of 1582) and then comes out shifted.
 *
 * @see <a
 *     href="https://learn.microsoft.com/sql/connect/jdbc/using-bulk-copy-with-the-jdbc-driver">Bulk
 *     copy with the JDBC driver</a>
 */
final class FlatBulkData implements ISQLServerBulkData {

  private static final long serialVersionUID = 1L;

  /** UTF-16 code units, as NVARCHAR counts. */
  static final int MAX_CUSTOMER_NAME = 182;

  static final int MAX_FILM_TITLE = 510;
  static final int MAX_CATEGORY = 50;

  private static final int DATE_LENGTH = 19;

  // datetime2 has the years 1 to 9999
  private static final int MAX_YEAR = 9999;

  record Column(String name, int type, int precision, int scale) {}

  static final List<Column> COLUMNS =
      List.of(
          new Column("rental_id", Types.BIGINT, 19, 0),
          new Column("payment_id", Types.BIGINT, 19, 0),
          new Column("category_id", Types.BIGINT, 19, 0),
          new Column("customer_id", Types.BIGINT, 19, 0),
          new Column("customer_name", Types.NVARCHAR, MAX_CUSTOMER_NAME, 0),
          new Column("film_id", Types.BIGINT, 19, 0),
          new Column("film_title", Types.NVARCHAR, MAX_FILM_TITLE, 0),
          new Column("category", Types.NVARCHAR, MAX_CATEGORY, 0),
          new Column("amount", Types.DECIMAL, 10, 2),
          new Column("rental_date", Types.VARCHAR, DATE_LENGTH, 0),
          new Column("return_date", Types.VARCHAR, DATE_LENGTH, 0),
          new Column("row_version", Types.BIGINT, 19, 0));

  private final transient FlatStream rows;
  private final transient Server server;
  private final Object[] values = new Object[COLUMNS.size()];
  private transient @Nullable RuntimeException failure;
  private long read;

  FlatBulkData(FlatStream rows, long rowVersion, Server server) {
    this.rows = rows;
    this.server = server;
    values[values.length - 1] = rowVersion;
  }

  /** Rows handed over so far. */
  long read() {
    return read;
  }

  /** What ended the reading early, or null: the driver wraps it, or loses it. */
  @Nullable RuntimeException failure() {
    return failure;
  }

  /** Why a row cannot be stored exactly, or null. */
  static @Nullable String refusal(FlatRow row, Server server) {
    String name = refusal("customer_name", row.customerName(), MAX_CUSTOMER_NAME, server);
    if (name != null) {
      return name;
    }
    String title = refusal("film_title", row.filmTitle(), MAX_FILM_TITLE, server);
    return title != null ? title : refusal("category", row.category(), MAX_CATEGORY, server);
  }

  private static @Nullable String refusal(
      String column, String text, int maxLength, Server server) {
    if (text.length() > maxLength) {
      return "%s has %d UTF-16 code units, more than nvarchar(%d) holds"
          .formatted(column, text.length(), maxLength);
    }
    int nul = server.isSqlServer() ? -1 : text.indexOf('\0');
    return nul < 0
        ? null
        : "%s has a NUL (U+0000) at position %d, which %s cannot store"
            .formatted(column, nul, server.name());
  }

  @Override
  public boolean next() {
    try {
      FlatRow row = rows.next();
      if (row == null) {
        return false;
      }
      fill(row);
      read++;
      return true;
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    }
  }

  private void fill(FlatRow row) {
    String refusal = refusal(row, server);
    if (refusal != null) {
      throw refused(row, refusal);
    }
    long cents = row.amountCents();
    if (cents > CustomerOrderFlat.MAX_AMOUNT_CENTS || cents < -CustomerOrderFlat.MAX_AMOUNT_CENTS) {
      throw refused(row, "an amount of %d hundredths is beyond decimal(10,2)".formatted(cents));
    }
    LocalDateTime returned = row.returnDate();
    values[0] = row.rentalId();
    values[1] = row.paymentId();
    values[2] = row.categoryId();
    values[3] = row.customerId();
    values[4] = row.customerName();
    values[5] = row.filmId();
    values[6] = row.filmTitle();
    values[7] = row.category();
    values[8] = BigDecimal.valueOf(cents, 2);
    values[9] = text(row.rentalDate(), row);
    values[10] = returned == null ? null : text(returned, row);
  }

  private static String text(LocalDateTime moment, FlatRow row) {
    if (moment.getNano() != 0) {
      throw refused(row, "a moment has a fraction of a second, " + moment);
    }
    if (moment.getYear() < 1 || moment.getYear() > MAX_YEAR) {
      throw refused(row, "a moment is beyond datetime2, " + moment);
    }
    char[] text = new char[DATE_LENGTH];
    put(text, 0, moment.getYear() / 100);
    put(text, 2, moment.getYear() % 100);
    text[4] = '-';
    put(text, 5, moment.getMonthValue());
    text[7] = '-';
    put(text, 8, moment.getDayOfMonth());
    text[10] = 'T';
    put(text, 11, moment.getHour());
    text[13] = ':';
    put(text, 14, moment.getMinute());
    text[16] = ':';
    put(text, 17, moment.getSecond());
    return new String(text);
  }

  private static void put(char[] text, int at, int twoDigits) {
    text[at] = (char) ('0' + twoDigits / 10);
    text[at + 1] = (char) ('0' + twoDigits % 10);
  }

  private static StoreException refused(FlatRow row, String what) {
    return new StoreException(
        Kind.DATA,
        "SQL Server cannot hold rental %d, payment %d: %s. Nothing of this refresh was written."
            .formatted(row.rentalId(), row.paymentId(), what));
  }

  @Override
  public Object[] getRowData() {
    return values;
  }

  @Override
  public Set<Integer> getColumnOrdinals() {
    Set<Integer> ordinals = new TreeSet<>();
    for (int i = 1; i <= COLUMNS.size(); i++) {
      ordinals.add(i);
    }
    return ordinals;
  }

  @Override
  public String getColumnName(int column) {
    return COLUMNS.get(column - 1).name();
  }

  @Override
  public int getColumnType(int column) {
    return COLUMNS.get(column - 1).type();
  }

  @Override
  public int getPrecision(int column) {
    return COLUMNS.get(column - 1).precision();
  }

  @Override
  public int getScale(int column) {
    return COLUMNS.get(column - 1).scale();
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
