package org.etlsandbox.deltaapi;

/**
 * How to create a table.
 *
 * @param sql one CREATE TABLE statement, without a terminator
 */
record TableDefinition(String dialect, String table, String sql) {}
