package org.etlsandbox.stack.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.etlsandbox.stack.directory.DataDirectory;
import org.etlsandbox.stack.plan.Store;
import org.etlsandbox.stack.state.Connections.Login;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellAccessTest {

  private static final Login POSTGRESQL =
      new Login("jdbc:postgresql://127.0.0.1:5433/neptune", "me", "a:b\\c");
  private static final Login MARIADB =
      new Login("jdbc:mysql://127.0.0.1:3307/sakila?sslMode=DISABLED", "me", "x\"y");
  private static final Login CLICKHOUSE =
      new Login("jdbc:clickhouse:http://127.0.0.1:8124/etl", "me", "hush");

  @TempDir private Path home;
  private DataDirectory directory;
  private ShellAccess shell;

  @BeforeEach
  void makeDirectory() {
    directory = new DataDirectory(home.resolve(".etl"));
    directory.make();
    shell = new ShellAccess(directory, home);
  }

  @Test
  void linesAreShortAndHoldNoPassword() {
    assertThat(shell.open(Store.NEPTUNE, POSTGRESQL))
        .hasValue("PGPASSFILE=.etl/run/pgpass psql -h 127.0.0.1 -p 5433 -U me neptune");
    assertThat(shell.open(Store.JUPITER, MARIADB))
        .hasValue("mariadb --defaults-extra-file=.etl/run/jupiter.cnf sakila");
    assertThat(shell.run(Store.CLICKHOUSE, CLICKHOUSE, "SELECT 1"))
        .hasValue("curl -K .etl/run/clickhouse.curl --data-binary \"SELECT 1\"");
  }

  @Test
  void fromElsewhereLinesNameWholePaths() {
    assertThat(new ShellAccess(directory, Path.of("/usr")).open(Store.JUPITER, MARIADB))
        .hasValueSatisfying(line -> assertThat(line).contains(directory.run().toString()));
  }

  @Test
  void passwordsLieInFilesForTheirOwnerAlone() throws IOException {
    shell.writeFiles(
        new Connections(
            Map.of(
                Store.NEPTUNE, POSTGRESQL, Store.JUPITER, MARIADB, Store.CLICKHOUSE, CLICKHOUSE)));
    assertThat(directory.run().resolve("pgpass")).hasContent("127.0.0.1:5433:*:me:a\\:b\\\\c");
    assertThat(directory.run().resolve("jupiter.cnf")).content().contains("password=\"x\\\"y\"");
    assertThat(directory.run().resolve("clickhouse.curl")).content().contains("user = \"me:hush\"");
    for (String file : new String[] {"pgpass", "jupiter.cnf", "clickhouse.curl"}) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(directory.run().resolve(file))))
          .as(file)
          .isEqualTo("rw-------");
    }
  }

  @Test
  void wordsAreQuotedOnlyWhereAShellWouldMind() {
    assertThat(ShellAccess.quote("neptune")).isEqualTo("neptune");
    assertThat(ShellAccess.quote("it's")).isEqualTo("'it'\\''s'");
  }

  @Test
  void addressesOfAllKindsOfUrlsAreUnderstood() {
    assertThat(Address.of("jdbc:ch://db/x")).hasValue(new Address("http", "db", 8123, "x"));
    assertThat(Address.of("jdbc:ch:https://db/x")).hasValue(new Address("https", "db", 8443, "x"));
    assertThat(Address.of("jdbc:mysql://db/x?a=b")).hasValue(new Address("mysql", "db", 3306, "x"));
    assertThat(Address.of("jdbc:postgresql://a:1,b:2/x")).isEmpty();
  }
}
