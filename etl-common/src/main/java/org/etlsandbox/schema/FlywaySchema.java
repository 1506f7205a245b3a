package org.etlsandbox.schema;

import java.util.Arrays;
import java.util.Comparator;
import org.etlsandbox.connection.ConnectionSettings;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.output.ValidateResult;

/** A schema that Flyway keeps. */
public final class FlywaySchema {

  private FlywaySchema() {}

  /**
   * Brings the schema to the current version, or only looks whether it has that.
   *
   * @throws org.etlsandbox.failure.StoreException of kind {@code PERMANENT} when {@code VALIDATE}
   *     finds another version
   * @throws FlywayException when the database fails
   */
  public static void prepare(Flyway flyway, SchemaMode mode, ConnectionSettings settings) {
    if (mode == SchemaMode.MIGRATE) {
      flyway.migrate();
    } else {
      requireCurrent(flyway, settings);
    }
  }

  private static void requireCurrent(Flyway flyway, ConnectionSettings settings) {
    MigrationInfoService schema = flyway.info();
    MigrationInfo current = schema.current();
    String known = latest(schema, true);
    if (current == null || schema.applied().length == 0) {
      throw SchemaRefusal.missing(settings);
    }
    if (Arrays.stream(schema.applied())
        .anyMatch(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS)) {
      throw SchemaRefusal.ahead(settings, latest(schema, false), known);
    }
    if (schema.pending().length > 0) {
      throw SchemaRefusal.behind(settings, String.valueOf(current.getVersion()), known);
    }
    ValidateResult result = flyway.validateWithResult();
    if (!result.validationSuccessful) {
      throw SchemaRefusal.changed(
          settings,
          result.invalidMigrations.isEmpty()
              ? String.valueOf(result.errorDetails.errorMessage)
              : "migration " + result.invalidMigrations.getFirst().version + " differs");
    }
  }

  /**
   * @param here whether only the migrations of this version count
   */
  private static String latest(MigrationInfoService schema, boolean here) {
    return Arrays.stream(schema.all())
        .filter(migration -> !here || migration.getState().isResolved())
        .map(MigrationInfo::getVersion)
        .max(Comparator.naturalOrder())
        .map(String::valueOf)
        .orElse("none");
  }
}
