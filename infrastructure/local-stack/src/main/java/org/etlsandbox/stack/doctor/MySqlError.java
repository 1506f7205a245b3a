package org.etlsandbox.stack.doctor;

import java.sql.SQLException;
import java.util.Optional;

/**
 * Vendor codes of MySQL and MariaDB that the doctor tells apart.
 *
 * @see <a href="https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html">MySQL's
 *     server error reference</a>
 */
final class MySqlError {

  static final int TOO_MANY_CONNECTIONS = 1040;
  static final int NO_ACCESS_TO_DATABASE = 1044;
  static final int ACCESS_DENIED = 1045;
  static final int UNKNOWN_DATABASE = 1049;
  static final int UNKNOWN_COLUMN = 1054;
  static final int PARSE_ERROR = 1064;
  static final int HOST_NOT_ALLOWED = 1130;
  static final int NO_TABLE_PRIVILEGE = 1142;
  static final int NO_COLUMN_PRIVILEGE = 1143;
  static final int UNKNOWN_TABLE = 1146;
  static final int MISSING_GLOBAL_PRIVILEGE = 1227;

  /** MariaDB: the account can be used through the unix socket only. */
  static final int ACCESS_DENIED_NO_PASSWORD = 1698;

  private MySqlError() {}

  /** The first {@code type} among the causes of {@code error}. */
  static <T extends Throwable> Optional<T> cause(Throwable error, Class<T> type) {
    for (Throwable at = error; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return Optional.of(type.cast(at));
      }
    }
    return Optional.empty();
  }

  /**
   * What can be said of an error that is none of the above: codes and, once connected, the text.
   */
  static String describe(SQLException error) {
    return "SQLState %s, error %d: %s"
        .formatted(error.getSQLState(), error.getErrorCode(), error.getMessage());
  }
}
