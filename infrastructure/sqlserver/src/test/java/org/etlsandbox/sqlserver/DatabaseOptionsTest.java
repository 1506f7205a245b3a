package org.etlsandbox.sqlserver;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.junit.jupiter.api.Test;

class DatabaseOptionsTest {
  private static final ConnectionSettings SETTINGS =
      new ConnectionSettings("mars", "jdbc:sqlserver://db;databaseName=m", "etl", "geheim", 1);
  private static final Server SQL_SERVER = Server.of("16.0.4135.4", 3, null);

  @Test
  void aServerThatMayForgetCommitsIsRefused() {
    assertRefused(new DatabaseOptions("m", 160, 2), SQL_SERVER, "[m] SET DELAYED_DURABILITY");
    assertRefused(new DatabaseOptions("m", 120, 2), Server.UNKNOWN, "DELAYED_DURABILITY");
    assertFit(new DatabaseOptions("m", 160, 1), SQL_SERVER); // up to each commit: ours are full
  }

  @Test
  void aCompatibilityLevelWithoutOpenjsonIsRefused() {
    assertRefused(new DatabaseOptions("m", 120, 0), SQL_SERVER, "level 120");
    assertFit(new DatabaseOptions("m", 130, 0), SQL_SERVER);
    assertFit(new DatabaseOptions("m", 120, 0), Server.of("12.0", 2, "4.3.0")); // it has OPENJSON
  }

  private static void assertFit(DatabaseOptions options, Server server) {
    assertThatCode(() -> options.requireFit(server, SETTINGS)).doesNotThrowAnyException();
  }

  private static void assertRefused(DatabaseOptions options, Server server, String words) {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> options.requireFit(server, SETTINGS))
        .withMessageContaining(words)
        .withMessageStartingWith("mars at jdbc:sqlserver://db")
        .matches(failure -> failure.kind() == Kind.PERMANENT);
  }
}
