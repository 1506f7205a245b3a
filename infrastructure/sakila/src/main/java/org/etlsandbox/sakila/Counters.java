package org.etlsandbox.sakila;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The connections at which the shop serves. One is taken for each transaction and stays taken while
 * a late one is held open; there are as many as were ever taken at a time.
 */
final class Counters {

  private final DataSource source;
  private final Deque<Connection> idle = new ArrayDeque<>();

  Counters(DataSource source) {
    this.source = source;
  }

  Connection take() throws SQLException {
    Connection free = poll();
    if (free != null) {
      return free;
    }
    Connection opened = source.getConnection();
    opened.setAutoCommit(false);
    return opened;
  }

  private synchronized @Nullable Connection poll() {
    return idle.poll();
  }

  synchronized void giveBack(Connection connection) {
    idle.push(connection);
  }

  /** Closes one whose transaction failed: the server rolls it back. */
  void discard(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // Its server is gone, and its transaction with it. What went wrong before is the news.
    }
  }

  /** Closes those that are idle; to be called when nobody is served any more. */
  synchronized void close() {
    for (Connection connection : idle) {
      try (connection) {
        connection.setAutoCommit(true);
      } catch (SQLException e) {
        // Idle and its server gone: nothing is left open there.
        continue;
      }
    }
    idle.clear();
  }
}
