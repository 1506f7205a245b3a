package org.etlsandbox.betaapi;

import org.hibernate.resource.jdbc.spi.StatementInspector;

/** Hears the SQL of the lists that are asked for; not that of the health check. */
public final class LastStatement implements StatementInspector {

  private static final long serialVersionUID = 1L;

  static final String ARGUMENT =
      "--spring.jpa.properties.hibernate.session_factory.statement_inspector="
          + LastStatement.class.getName();

  private static volatile String sql = "";

  static String get() {
    return sql;
  }

  @Override
  public String inspect(String statement) {
    if (statement.contains("order by")) {
      sql = statement;
    }
    return statement;
  }
}
