package org.etlsandbox.sqlserver;

import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.schema.FlywaySchema;
import org.etlsandbox.schema.SchemaMode;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The tables of a destination. */
record Schema(ConnectionSettings settings, SqlErrors errors) {

  /** On connections of its own: Flyway wants two at a time, and the pool may have one. */
  void prepare(SchemaMode mode) {
    try {
      Flyway flyway =
          Flyway.configure()
              .dataSource(settings.url(), settings.username(), settings.password())
              .jdbcProperties(Session.driverProperties(settings))
              .locations("classpath:org/etlsandbox/sqlserver/migration")
              // Not Flyway's own name: the control database may be a schema of the same server
              .table("etl_schema_history")
              // Other tables may live next to ours
              .baselineOnMigrate(true)
              .baselineVersion("0")
              .failOnMissingLocations(true)
              .load();
      FlywaySchema.prepare(flyway, mode, settings);
    } catch (FlywayException e) {
      throw errors.classify(e);
    }
  }
}
