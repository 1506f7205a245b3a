package org.etlsandbox.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.connection.DatabaseTls;
import org.etlsandbox.control.ControlDatabase;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.schema.SchemaMode;
import org.springframework.boot.logging.LoggingSystem;

/**
 * {@code migrate}: makes or upgrades the tables of the control database and of each destination
 * that is named, so that workers can run with {@code etl.schema=validate} and without the right to
 * create tables. May be repeated, and run while others do the same.
 *
 * <p>Environment: {@code CONTROL_URL}, {@code CONTROL_USERNAME}, {@code CONTROL_PASSWORD_FILE}; the
 * same for {@code MARS}, {@code VENUS}, {@code NEPTUNE}, {@code CLICKHOUSE}, of which those without
 * a URL are left out; {@code ETL_TLS_DATABASES} and {@code ETL_TLS_CA} as for the workers. Ends
 * with 0 when all are done, with 1 and the reason otherwise.
 */
public final class MigrateMain {

  private static final String[] DESTINATIONS = {"MARS", "VENUS", "NEPTUNE", "CLICKHOUSE"};
  private static final int CONNECTIONS = 2;

  private final Map<String, String> environment;

  MigrateMain(Map<String, String> environment) {
    this.environment = environment;
  }

  public static void main(String[] args) {
    // From here on nothing is logged: what there is to say is printed below, in a line each
    LoggingSystem.get(MigrateMain.class.getClassLoader()).beforeInitialize();
    try {
      new MigrateMain(System.getenv()).run();
    } catch (StoreException | IllegalArgumentException e) {
      System.err.println("migrate: " + e.getMessage());
      System.exit(1);
    }
  }

  void run() {
    ConnectionSettings books = settings("CONTROL");
    try (ControlDatabase control = new ControlDatabase(books)) {
      control.prepare(SchemaMode.MIGRATE);
    }
    System.out.println(books + " is ready");
    for (String name : DESTINATIONS) {
      if (environment.getOrDefault(name + "_URL", "").isBlank()) {
        continue;
      }
      ConnectionSettings settings = settings(name);
      try (Destination destination = Adapters.destination(settings).open(settings)) {
        destination.prepare(SchemaMode.MIGRATE);
        // What a worker adds after its load, it may have no right to add
        destination.completeLoad();
        System.out.println("%s is ready (%s)".formatted(settings, destination.engine()));
      }
    }
  }

  private ConnectionSettings settings(String name) {
    return new ConnectionSettings(
            name.toLowerCase(Locale.ROOT),
            setting(name + "_URL"),
            setting(name + "_USERNAME"),
            secret(name + "_PASSWORD_FILE"),
            CONNECTIONS)
        .with(tls());
  }

  private DatabaseTls tls() {
    String mode = environment.getOrDefault("ETL_TLS_DATABASES", "verify");
    return switch (mode) {
      case "verify" ->
          new DatabaseTls(DatabaseTls.Mode.VERIFY, environment.getOrDefault("ETL_TLS_CA", ""));
      case "off" -> DatabaseTls.OFF;
      default ->
          throw new IllegalArgumentException(
              "ETL_TLS_DATABASES is '%s': choose verify or off.".formatted(mode));
    };
  }

  private String setting(String name) {
    String value = environment.getOrDefault(name, "");
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + " is not set.");
    }
    return value;
  }

  private String secret(String name) {
    String file = setting(name);
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s is '%s', which cannot be read: %s".formatted(name, file, e.getMessage()), e);
    }
  }
}
