package org.etlsandbox.jupiter;

import com.mysql.cj.NativeSession;
import com.mysql.cj.exceptions.CJException;
import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.jdbc.exceptions.SQLExceptionsMapping;
import com.mysql.cj.protocol.a.NativeConstants.IntegerDataType;
import com.mysql.cj.protocol.a.NativePacketPayload;
import com.mysql.cj.protocol.a.NativeProtocol;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.etlsandbox.source.ReadRate;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a statement as the server writes them: texts, one after the other, taken from the
 * buffer into which the socket was read. The driver connects, encrypts and sends; it does not make
 * objects of rows and values, which would cost as much as all the rest of a load.
 *
 * <p>For values whose text is ASCII whatever the character sets: numbers, dates. Nothing else may
 * use the connection until this is closed.
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query_response_text_resultset.html">Text
 *     resultset</a>
 */
final class PlainRows implements AutoCloseable {

  private static final int BUFFER = 1 << 16;

  private static final int HEADER = 4;

  /** A packet of this length is continued in the next one: 16 MB, which no row of ours has. */
  private static final int CONTINUED = 0xFFFFFF;

  private static final int NULL = 0xFB;
  private static final int TWO_BYTES = 0xFC;
  private static final int THREE_BYTES = 0xFD;
  private static final int END = 0xFE;
  private static final int ERROR = 0xFF;

  /** https://dev.mysql.com/doc/connector-j/en/connector-j-reference-error-sqlstates.html */
  private static final String LINK_FAILURE = "08S01";

  /** So many digits always fit a long. */
  private static final int SAFE_DIGITS = 18;

  /** The server waits a minute for a reader; at 100 rows a second this takes 10 s. */
  private static final int ROWS_PER_WAIT = 1_000;

  private final Connection connection;
  private final ReadRate rate;
  private final InputStream socket;
  private final int[] from;
  private final int[] length;

  private byte[] buffer = new byte[BUFFER];
  private int position;
  private int limit;
  private boolean ended;
  private int rows;

  private PlainRows(Connection connection, ReadRate rate, InputStream socket, int columns) {
    this.connection = connection;
    this.rate = rate;
    this.socket = socket;
    this.from = new int[columns];
    this.length = new int[columns];
  }

  /**
   * Sends a statement and reads up to its first row.
   *
   * @param sql without anything that comes from outside: it has no parameters
   */
  static PlainRows query(Connection connection, String sql, ReadRate rate) throws SQLException {
    NativeProtocol protocol =
        ((NativeSession) connection.unwrap(JdbcConnection.class).getSession()).getProtocol();
    PlainRows rows;
    try {
      NativePacketPayload answer =
          protocol.sendCommand(
              protocol
                  .getMessageBuilder()
                  .buildComQuery(null, protocol.getSession(), sql, null, "UTF-8"),
              false,
              0);
      answer.setPosition(0);
      int columns = (int) answer.readInteger(IntegerDataType.INT_LENENC);
      rows =
          new PlainRows(connection, rate, protocol.getSocketConnection().getMysqlInput(), columns);
    } catch (CJException e) {
      throw SQLExceptionsMapping.translateException(e);
    } catch (IOException e) {
      throw new SQLException(e.toString(), LINK_FAILURE, e);
    }
    int definitions = rows.length.length + (protocol.getServerSession().isEOFDeprecated() ? 0 : 1);
    for (int i = 0; i < definitions; i++) {
      int size = rows.packet();
      rows.position += size;
    }
    return rows;
  }

  /** Goes to the next row, until there is none. */
  boolean next() throws SQLException {
    if (ended) {
      return false;
    }
    int size = packet();
    int end = position + size;
    int first = buffer[position] & 0xFF;
    if (first == END) {
      ended = true;
      rate.rowsRead(rows % ROWS_PER_WAIT);
      position = end;
      return false;
    }
    if (first == ERROR) {
      ended = true;
      throw error(end);
    }
    int at = position;
    for (int column = 0; column < length.length; column++) {
      int bytes = buffer[at++] & 0xFF;
      if (bytes >= NULL) {
        switch (bytes) {
          case NULL -> bytes = -1;
          case TWO_BYTES -> {
            bytes = buffer[at] & 0xFF | (buffer[at + 1] & 0xFF) << 8;
            at += 2;
          }
          case THREE_BYTES -> {
            bytes = int24(at);
            at += 3;
          }
          default -> throw broken(new IOException("A value begins with byte " + bytes));
        }
      }
      from[column] = at;
      length[column] = bytes;
      at += Math.max(bytes, 0);
    }
    position = end;
    if (++rows % ROWS_PER_WAIT == 0) {
      rate.rowsRead(ROWS_PER_WAIT);
    }
    return true;
  }

  boolean isNull(int column) {
    return length[column] < 0;
  }

  /** The bytes of all columns of the row, valid until the next one. */
  byte[] bytes() {
    return buffer;
  }

  /** Where a column begins. */
  int from(int column) {
    return from[column];
  }

  /** How many bytes a column has; -1 for NULL. */
  int length(int column) {
    return length[column];
  }

  /** A column's text, which must be ASCII; null for NULL. */
  @Nullable String text(int column) {
    return isNull(column)
        ? null
        : new String(buffer, from[column], length[column], StandardCharsets.US_ASCII);
  }

  /**
   * A whole number that is not NULL.
   *
   * @throws SQLException for which {@link MySqlErrors#isOutOfRange} holds, when it fits no long
   */
  long number(int column) throws SQLException {
    int at = from[column];
    int end = at + length[column];
    boolean negative = buffer[at] == '-';
    if (negative) {
      at++;
    }
    if (end - at > SAFE_DIGITS) {
      return large(column);
    }
    long number = 0;
    for (; at < end; at++) {
      int digit = buffer[at] - '0';
      if (digit < 0 || digit > 9) {
        return large(column);
      }
      number = number * 10 + digit;
    }
    return negative ? -number : number;
  }

  private long large(int column) throws SQLException {
    String text = String.valueOf(text(column));
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new SQLException("The id " + text + " fits no long", MySqlErrors.OUT_OF_RANGE, e);
    }
  }

  /** Reads a packet whole into the buffer, moves to its begin and tells its length. */
  private int packet() throws SQLException {
    fill(HEADER);
    int size = int24(position);
    position += HEADER;
    if (size == CONTINUED) {
      throw broken(new IOException("A row has 16 MB or more"));
    }
    fill(size);
    return size;
  }

  private void fill(int wanted) throws SQLException {
    if (limit - position >= wanted) {
      return;
    }
    int rest = limit - position;
    byte[] target = wanted > buffer.length ? new byte[wanted] : buffer;
    System.arraycopy(buffer, position, target, 0, rest);
    buffer = target;
    position = 0;
    limit = rest;
    try {
      while (limit < wanted) {
        int read = socket.read(buffer, limit, buffer.length - limit);
        if (read < 0) {
          throw new EOFException("Jupiter closed the connection in the middle of a result");
        }
        limit += read;
      }
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private int int24(int at) {
    return buffer[at] & 0xFF | (buffer[at + 1] & 0xFF) << 8 | (buffer[at + 2] & 0xFF) << 16;
  }

  /** Code, '#', SQLState, message. */
  private SQLException error(int end) {
    int code = buffer[position + 1] & 0xFF | (buffer[position + 2] & 0xFF) << 8;
    String state = new String(buffer, position + 4, 5, StandardCharsets.US_ASCII);
    String message = new String(buffer, position + 9, end - position - 9, StandardCharsets.UTF_8);
    position = end;
    return new SQLException(message, state, code);
  }

  /** What comes next on this connection nobody knows: it is given up. */
  private SQLException broken(IOException cause) {
    ended = true;
    SQLException failure = new SQLException(cause.toString(), LINK_FAILURE, cause);
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }

  /** Reads what is left of the result, which the server sends anyway. */
  @Override
  public void close() throws SQLException {
    while (!ended) {
      next();
    }
  }
}
