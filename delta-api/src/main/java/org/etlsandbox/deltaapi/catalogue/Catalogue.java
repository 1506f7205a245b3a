package org.etlsandbox.deltaapi.catalogue;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.etlsandbox.deltaapi.schema.RefusedException;
import org.etlsandbox.deltaapi.schema.Table;

/**
 * What a product tells of its tables, views left out. Names are bound, never part of a statement.
 */
public interface Catalogue {

  /** The schema of unqualified names on this connection; empty where there is none. */
  Optional<String> currentSchema(Rows rows) throws SQLException;

  /** The names of the first tables of a schema, in their order. */
  List<String> tables(Rows rows, String schema, int limit) throws SQLException;

  /** Whether there is a table of exactly this name. */
  boolean hasTable(Rows rows, String schema, String table) throws SQLException;

  /**
   * Reads a table that is there.
   *
   * @throws RefusedException naming every column of a type that is not known here
   */
  Table read(Rows rows, String schema, String table) throws SQLException;
}
