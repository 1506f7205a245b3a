package org.etlsandbox.soak.stage;

import org.etlsandbox.engines.Engine;
import org.etlsandbox.engines.EngineOptions;
import org.etlsandbox.engines.MariaDbEngine;
import org.etlsandbox.engines.MySqlEngine;

/** The server to copy from, and where it shows its open transactions. */
public enum JupiterChoice {
  /** MariaDB's default: no performance schema. */
  MARIADB("information_schema.innodb_trx"),
  /** MySQL's default. */
  MYSQL("performance_schema.events_transactions_current"),
  /** MySQL whose performance schema is switched off. */
  MYSQL_INNODB_TRX("information_schema.innodb_trx");

  private final String view;

  JupiterChoice(String view) {
    this.view = view;
  }

  /** The table in which a worker looks for open transactions. */
  public String view() {
    return view;
  }

  /** A reader without a rest keeps innodb_trx old, and a worker that needs it waits. */
  public boolean isHeldByARestlessReader() {
    return this != MYSQL;
  }

  public Engine start() {
    EngineOptions options = EngineOptions.temporary();
    return switch (this) {
      case MARIADB -> MariaDbEngine.start(options);
      case MYSQL -> MySqlEngine.start(options);
      case MYSQL_INNODB_TRX ->
          MySqlEngine.start(options.toBuilder().setting("performance_schema", "OFF").build());
    };
  }
}
