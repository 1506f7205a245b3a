package org.etlsandbox.jupiter;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of the two places in which the server shows its open transactions. */
interface TransactionView {

  /**
   * The transactions of others that are open and may write.
   *
   * @param now Jupiter's clock, read before
   * @return null when the answer may be out of date
   */
  @Nullable List<OpenTransaction> open(Connection connection, Instant now) throws SQLException;
}
