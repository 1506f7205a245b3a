package org.etlsandbox.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.connection.DatabaseTls;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.source.SettleOptions;
import org.etlsandbox.source.Settled;
import org.etlsandbox.source.SettledClock;
import org.etlsandbox.source.SourceDescription;
import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What a server refuses is told in one line, with what to do and without a secret. */
class RefusedConnectionTest {

  private static final String SECRET = "s3cret-of-the-test";

  private static final SettleOptions OPTIONS =
      new SettleOptions(Duration.ofSeconds(7), false, Duration.ofHours(1));

  @Nested
  @ResourceLock("MariaDB")
  class OnMariaDb extends Refusals {
    OnMariaDb() {
      super(TestEngines.mariaDb());
    }
  }

  @Nested
  @ResourceLock("MySQL")
  class OnMySql extends Refusals {
    OnMySql() {
      super(TestEngines.mySql());
    }
  }

  @Test
  void aPortOnWhichNobodyListensIsUnavailable() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    StoreException failure =
        failureOf(
            new ConnectionSettings(
                "jupiter",
                "jdbc:mysql://127.0.0.1:%d/sakila?password=%s".formatted(free, SECRET),
                "reader",
                SECRET,
                2));
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("127.0.0.1:" + free).hasMessageContaining("running");
  }

  private static StoreException failureOf(ConnectionSettings settings) {
    try (JupiterSource source = new JupiterSource(settings.with(DatabaseTls.OFF))) {
      StoreException failure =
          catchThrowableOfType(StoreException.class, () -> source.describe(OPTIONS));
      assertThat(failure).isNotNull();
      assertThat(failure.getMessage()).hasLineCount(1).doesNotContain(SECRET);
      return failure;
    }
  }

  /** A user who may read the seven tables and nothing else. */
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Refusals {

    private final EngineUnderTest engine;
    private JupiterDatabase database;
    private String reader;

    Refusals(EngineUnderTest engine) {
      this.engine = engine;
    }

    @BeforeAll
    void createReader() {
      database = new JupiterDatabase(engine, false);
      reader = database.name() + "_r";
      database.execute(
          "CREATE USER '%s'@'%%' IDENTIFIED BY '%s'".formatted(reader, SECRET),
          "GRANT SELECT ON %s.* TO '%s'@'%%'".formatted(database.name(), reader));
    }

    @AfterAll
    void dropReader() {
      if (database != null) {
        database.execute("DROP USER '%s'@'%%'".formatted(reader));
        database.close();
      }
    }

    @BeforeEach
    void report(TestReporter reporter) {
      database.report(reporter);
    }

    @Test
    void withoutTheProcessPrivilegeTheCommitLagRules() {
      try (JupiterSource source = new JupiterSource(database.settings(reader, SECRET))) {
        SourceDescription description = source.describe(OPTIONS);
        assertThat(description.observesTransactions()).isFalse();
        assertThat(description.hints())
            .anySatisfy(hint -> assertThat(hint).contains("GRANT PROCESS").contains("7 s"));

        SettledClock clock = source.settledClock(OPTIONS);
        for (int i = 0; i < 2; i++) {
          Settled settled = clock.settle();
          assertThat(settled.now()).isBetween(Instant.EPOCH, Instant.MAX);
          assertThat(settled.settled())
              .isEqualTo(settled.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(7));
        }
      }
    }

    @Test
    void aWrongPasswordIsPermanentAndNotTold() {
      StoreException failure = failureOf(database.settings(reader, SECRET + "x"));
      assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
      assertThat(failure).hasMessageContaining(reader).hasMessageContaining("Check the user");
    }

    @Test
    void anUnknownDatabaseIsNamed() {
      ConnectionSettings known = database.settings();
      StoreException failure =
          failureOf(
              new ConnectionSettings(
                  "jupiter",
                  known.url().replace(database.name(), "no_such_schema"),
                  known.username(),
                  known.password(),
                  2));
      assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
      assertThat(failure).hasMessageContaining("no_such_schema").hasMessageContaining("Sakila");
    }

    @Test
    void aTableThatTheUserMayNotReadIsNamed() {
      String nobody = database.name() + "_n";
      database.execute(
          "CREATE USER '%s'@'%%' IDENTIFIED BY '%s'".formatted(nobody, SECRET),
          "GRANT SELECT ON %s.rental TO '%s'@'%%'".formatted(database.name(), nobody));
      try {
        StoreException failure = failureOf(database.settings(nobody, SECRET));
        assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
        assertThat(failure)
            .hasMessageContaining("table payment")
            .hasMessageContaining("GRANT SELECT")
            .hasMessageNotContaining("table rental");
      } finally {
        database.execute("DROP USER '%s'@'%%'".formatted(nobody));
      }
    }
  }
}
