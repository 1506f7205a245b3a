package org.etlsandbox.postgresql;

import org.etlsandbox.connection.ConnectionSettings;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the tables of a destination to the current version. */
record Schema(ConnectionSettings settings, SqlErrors errors) {

  /** On connections of its own: Flyway wants two at a time, and the pool may have one. */
  void migrate() {
    try {
      Flyway.configure()
          .dataSource(settings.url(), settings.username(), settings.password())
          .jdbcProperties(Session.driverProperties(settings))
          .locations("classpath:org/etlsandbox/postgresql/migration")
          // Not Flyway's own name: the control database may be a schema of the same server
          .table("etl_schema_history")
          // Other tables may live next to ours
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .failOnMissingLocations(true)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw errors.classify(e);
    }
  }
}
