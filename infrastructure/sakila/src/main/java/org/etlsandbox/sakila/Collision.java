package org.etlsandbox.sakila;

import java.sql.SQLException;

/** What an error of the server means for a transaction that others run beside. */
enum Collision {
  /** The same transaction may well succeed when tried again. */
  RETRY,
  /** Another transaction was first: a row is gone, or there already. */
  LOST,
  /** No collision: something is wrong. */
  NONE;

  // https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html
  private static final int ER_CHECKREAD = 1020; // MariaDB with innodb_snapshot_isolation
  private static final int ER_LOCK_WAIT_TIMEOUT = 1205;
  private static final int ER_LOCK_DEADLOCK = 1213;
  private static final int ER_DUP_ENTRY = 1062;
  private static final int ER_ROW_IS_REFERENCED_2 = 1451;
  private static final int ER_NO_REFERENCED_ROW_2 = 1452;

  static Collision of(SQLException e) {
    return switch (e.getErrorCode()) {
      case ER_LOCK_DEADLOCK, ER_LOCK_WAIT_TIMEOUT, ER_CHECKREAD -> RETRY;
      case ER_DUP_ENTRY, ER_ROW_IS_REFERENCED_2, ER_NO_REFERENCED_ROW_2 -> LOST;
      default -> NONE;
    };
  }
}
