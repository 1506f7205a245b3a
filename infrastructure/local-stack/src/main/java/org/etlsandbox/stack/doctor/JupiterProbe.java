package org.etlsandbox.stack.doctor;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Looks at one side of a Jupiter that can be reached; only reads. */
interface JupiterProbe {

  /** What the findings of an unexpected error are filed under. */
  String subject();

  List<Finding> look(Connection jupiter) throws SQLException;
}
