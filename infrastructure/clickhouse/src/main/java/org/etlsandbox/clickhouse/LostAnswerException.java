package org.etlsandbox.clickhouse;

import org.etlsandbox.failure.StoreException;
import org.jspecify.annotations.Nullable;

/** The connection broke: the statement may or may not have been carried out. */
final class LostAnswerException extends StoreException {

  private static final long serialVersionUID = 1L;

  LostAnswerException(String message, @Nullable Throwable cause) {
    super(Kind.UNAVAILABLE, message, cause);
  }
}
