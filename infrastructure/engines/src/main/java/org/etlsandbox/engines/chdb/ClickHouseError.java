package org.etlsandbox.engines.chdb;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An error with ClickHouse's own code, as its clients expect it. */
final class ClickHouseError extends Exception {
  // https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp
  static final int NOT_IMPLEMENTED = 48;
  static final int UNKNOWN_TABLE = 60;
  static final int SYNTAX_ERROR = 62;
  static final int UNKNOWN_DATABASE = 81;
  static final int TOO_LARGE_SIZE_COMPRESSED = 131;
  static final int AUTHENTICATION_FAILED = 516;
  static final int UNKNOWN_EXCEPTION = 1002;

  private static final long serialVersionUID = 1L;

  /** The engine hands its errors out as text only, which begins with the code. */
  private static final Pattern CODE = Pattern.compile("Code: (\\d+)\\.");

  private final int code;

  ClickHouseError(int code, String message) {
    super("Code: %d. DB::Exception: %s".formatted(code, message));
    this.code = code;
  }

  private ClickHouseError(String whole, int code) {
    super(whole);
    this.code = code;
  }

  /** An error as the engine words it. */
  static ClickHouseError of(String message) {
    Matcher found = CODE.matcher(message);
    return found.find()
        ? new ClickHouseError(message.substring(found.start()), Integer.parseInt(found.group(1)))
        : new ClickHouseError(UNKNOWN_EXCEPTION, message);
  }

  int code() {
    return code;
  }

  int httpStatus() {
    return switch (code) {
      case AUTHENTICATION_FAILED -> 401;
      case SYNTAX_ERROR -> 400;
      case UNKNOWN_TABLE, UNKNOWN_DATABASE -> 404;
      case NOT_IMPLEMENTED -> 501;
      default -> 500;
    };
  }
}
