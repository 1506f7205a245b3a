package org.etlsandbox.connection;

import javax.sql.DataSource;

/** Sees the statements that go through a pool. */
@FunctionalInterface
public interface StatementWatch {

  /**
   * The same connections, with whatever it takes to see their statements.
   *
   * @param name of the database, as in messages
   */
  DataSource over(DataSource connections, String name);
}
