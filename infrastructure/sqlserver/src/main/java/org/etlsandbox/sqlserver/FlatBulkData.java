package org.etlsandbox.sqlserver;

import com.microsoft.sqlserver.jdbc.ISQLServerBulkData;
import java.math.BigDecimal;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.FlatText;
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
  private final transient MomentText rentalDate = new MomentText();
  private final transient MomentText returnDate = new MomentText();
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
    String name = refusal("customer_name", row.customerNameText(), MAX_CUSTOMER_NAME, server);
    if (name != null) {
      return name;
    }
    String title = refusal("film_title", row.filmTitleText(), MAX_FILM_TITLE, server);
    return title != null ? title : refusal("category", row.categoryText(), MAX_CATEGORY, server);
  }

  private static @Nullable String refusal(
      String column, FlatText value, int maxLength, Server server) {
    String text = value.toString();
    if (text.length() > maxLength) {
      return "%s has %d UTF-16 code units, more than nvarchar(%d) holds"
          .formatted(column, text.length(), maxLength);
    }
    // Half a surrogate pair is a flaw too, but NVARCHAR holds it
    int nul = server.isSqlServer() || value.flaw() == null ? -1 : text.indexOf('\0');
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
    long returned = returnSecond(row);
    values[0] = row.rentalId();
    values[1] = row.paymentId();
    values[2] = row.categoryId();
    values[3] = row.customerId();
    values[4] = row.customerName();
    values[5] = row.filmId();
    values[6] = row.filmTitle();
    values[7] = row.category();
    values[8] = BigDecimal.valueOf(cents, 2);
    values[9] = text(rentalDate, rentalSecond(row), row);
    values[10] = returned == FlatRow.NOT_RETURNED ? null : text(returnDate, returned, row);
  }

  private static String text(MomentText column, long second, FlatRow row) {
    String text = column.of(second);
    if (text == null) {
      throw refused(
          row,
          "a moment is beyond datetime2, "
              + LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC));
    }
    return text;
  }

  private static long rentalSecond(FlatRow row) {
    try {
      return row.rentalSecond();
    } catch (StoreException e) {
      throw refused(row, "a moment has a fraction of a second, " + row.rentalDate());
    }
  }

  private static long returnSecond(FlatRow row) {
    try {
      return row.returnSecond();
    } catch (StoreException e) {
      throw refused(row, "a moment has a fraction of a second, " + row.returnDate());
    }
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
