package org.etlsandbox.stack.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.etlsandbox.connection.DatabaseTls;
import org.etlsandbox.stack.directory.DataDirectory;
import org.etlsandbox.stack.plan.Address;
import org.etlsandbox.stack.plan.Store;
import org.etlsandbox.stack.state.Connections.Login;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellAccessTest {

  private static final Login POSTGRESQL =
      new Login("jdbc:postgresql://127.0.0.1:5433/neptune", "me", "a:b\\c", DatabaseTls.Mode.OFF);
  private static final Login MARIADB =
      new Login(
          "jdbc:mysql://127.0.0.1:3307/sakila?sslMode=DISABLED",
          "me",
          "x\"y",
          DatabaseTls.Mode.OFF);
  private static final Login CLICKHOUSE =
      new Login("jdbc:clickhouse:http://127.0.0.1:8124/etl", "me", "hush", DatabaseTls.Mode.OFF);

  private static final String SQL_SERVER = "jdbc:sqlserver://db.example:1433;databaseName=mars";

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                          | sqlcmd -S db.example,1433 -d mars -U me",
        ";trustServerCertificate=true | sqlcmd -S db.example,1433 -d mars -U me -C",
        ";Encrypt=FALSE               | sqlcmd -S db.example,1433 -d mars -U me -No",
        ";encrypt=strict              | sqlcmd -S db.example,1433 -d mars -U me -Ns"
      })
  void sqlServerIsOpenedWithoutItsPassword(String properties, String line) {
    Login login =
        new Login(SQL_SERVER + ";password=hush" + properties, "me", "hush", DatabaseTls.Mode.OFF);
    assertThat(shell.open(Store.MARS, login)).hasValue(line);
    assertThat(shell.run(Store.MARS, login, "SELECT 1")).hasValue(line + " -Q \"SELECT 1\"");
  }

  @Test
  void sqlServerIsNamedAsItsUrlNamesIt() {
    assertThat(
            shell.open(
                Store.MARS,
                new Login(
                    "jdbc:sqlserver://db\\s;database={my db};user=her;password=hush",
                    "",
                    "",
                    DatabaseTls.Mode.OFF)))
        .hasValue("sqlcmd -S 'db\\s' -d 'my db' -U her");
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
                Store.NEPTUNE,
                POSTGRESQL,
                Store.JUPITER,
                MARIADB,
                Store.CLICKHOUSE,
                CLICKHOUSE,
                Store.MARS,
                new Login(SQL_SERVER, "me", "hush", DatabaseTls.Mode.OFF))));
    assertThat(directory.run().toFile().list())
        .containsExactlyInAnyOrder("pgpass", "jupiter.cnf", "clickhouse.curl");
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
    assertThat(Address.of("jdbc:sqlserver://db;encrypt=false;database=x"))
        .hasValue(new Address("sqlserver", "db", 1433, "x"));
    assertThat(Address.of("jdbc:sqlserver://db\\s;databaseName=x")).get().hasToString("db\\s");
    assertThat(Address.of("jdbc:sqlserver://db:none;databaseName=x")).isEmpty();
    assertThat(Address.of("jdbc:sqlserver://;databaseName=x")).isEmpty();
  }
}
