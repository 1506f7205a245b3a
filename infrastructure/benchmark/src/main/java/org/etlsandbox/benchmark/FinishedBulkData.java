package org.etlsandbox.benchmark;

import com.microsoft.sqlserver.jdbc.ISQLServerBulkData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.sql.Types;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A file of {@link FinishedRows} as a bulk copy asks for it. Dates stay texts: the driver sends
 * them as such in any case, and SQL Server converts them.
 */
final class FinishedBulkData implements ISQLServerBulkData {

  private static final long serialVersionUID = 1L;

  private static final String NULL = "NULL";

  record Column(String name, int type, int precision, int scale) {}

  static final List<Column> COLUMNS =
      List.of(
          new Column("rental_id", Types.BIGINT, 19, 0),
          new Column("payment_id", Types.BIGINT, 19, 0),
          new Column("category_id", Types.BIGINT, 19, 0),
          new Column("customer_id", Types.BIGINT, 19, 0),
          new Column("customer_name", Types.NVARCHAR, 182, 0),
          new Column("film_id", Types.BIGINT, 19, 0),
          new Column("film_title", Types.NVARCHAR, 510, 0),
          new Column("category", Types.NVARCHAR, 50, 0),
          new Column("amount", Types.DECIMAL, 10, 2),
          new Column("rental_date", Types.VARCHAR, 19, 0),
          new Column("return_date", Types.VARCHAR, 19, 0));

  private final transient BufferedReader lines;
  private final @Nullable Object[] values = new Object[COLUMNS.size()];

  FinishedBulkData(BufferedReader lines) {
    this.lines = lines;
  }

  @Override
  public boolean next() {
    try {
      String line = lines.readLine();
      if (line == null) {
        return false;
      }
      int from = 0;
      for (int i = 0; i < values.length; i++) {
        int to = i == values.length - 1 ? line.length() : line.indexOf('\t', from);
        values[i] = value(COLUMNS.get(i).type(), line.substring(from, to));
        from = to + 1;
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable Object value(int type, String text) {
    return switch (type) {
      case Types.BIGINT -> Long.valueOf(text);
      case Types.DECIMAL -> new BigDecimal(text);
      case Types.VARCHAR -> text.equals(NULL) ? null : text;
      default -> unescaped(text);
    };
  }

  /** What {@code mariadb --batch} writes as a backslash and a letter. */
  static String unescaped(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (letter == '\\' && i + 1 < text.length()) {
        i++;
        plain.append(
            switch (text.charAt(i)) {
              case 't' -> '\t';
              case 'n' -> '\n';
              case '0' -> '\0';
              default -> text.charAt(i);
            });
      } else {
        plain.append(letter);
      }
    }
    return plain.toString();
  }

  @Override
  public @Nullable Object[] getRowData() {
    return values;
  }

  @Override
  public Set<Integer> getColumnOrdinals() {
    return new TreeSet<>(IntStream.rangeClosed(1, COLUMNS.size()).boxed().toList());
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
}
