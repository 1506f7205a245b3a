package org.etlsandbox.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.etlsandbox.stack.directory.DataDirectory;
import org.etlsandbox.stack.directory.TokenKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input: one line that says what, exit code by kind, nothing started. */
class MainTest {

  @TempDir private Path directory;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final PrintStream realErr = System.err;
  private final PrintStream realOut = System.out;

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stopListening() {
    System.setErr(realErr);
    System.setOut(realOut);
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "up --rental 5          | up: there is no option '--rental'",
        "up --rentals 0         | --rentals is 0, but must be from 1 to 10000000.",
        "up --rentals abc       | up: Invalid value for option '--rentals'",
        "up --churn 10001       | --churn is 10001",
        "up --timeout soon      | --timeout is 'soon'",
        "up --timeout 0         | --timeout is '0'",
        "up --port-base 80      | --port-base is 80",
        "up --jupiter oracle    | --jupiter is 'oracle'",
        "up now                 | up: there is no argument 'now'",
        "status --xml           | status: there is no option '--xml'",
        "token --role etl.write | --role is 'etl.write', but must be one of etl.read, etl.operate",
        "token --ttl 25h        | --ttl is '25h', but must not be above 24h",
        "token --ttl soon       | --ttl is 'soon'",
        "token --subject=       | --subject is empty",
        "down --data-dir        | down: Missing required parameter for option '--data-dir'",
      })
  void wrongUsageIsOneLineAndCodeTwo(String line, String start) {
    int code = Main.run((line + " ").strip().split(" "));
    assertThat(said()).startsWith("etl: " + start).isNotBlank();
    assertThat(said().lines()).hasSize(1);
    assertThat(code).isEqualTo(2);
  }

  @Test
  void aNearMissIsSuggested() {
    Main.run("up", "--rental", "5");
    assertThat(said()).contains("(did you mean '--rentals'?)");
  }

  @Test
  void theTraceIsShownOnlyWhenAskedFor() {
    Main.run("up", "--rentals", "0", "--debug");
    assertThat(said()).contains("\tat org.etlsandbox.stack");
  }

  @Test
  void aForeignDirectoryIsRefusedAndLeftAsItWas() throws IOException {
    Files.writeString(directory.resolve("thesis.txt"), "years of work");
    assertThat(Main.run("up", "--data-dir", directory.toString())).isEqualTo(2);
    assertThat(Main.run("up", "--fresh", "--data-dir", directory.toString())).isNotZero();
    assertThat(said()).contains(directory.toString());
    assertThat(directory.resolve("thesis.txt")).hasContent("years of work");
  }

  @Test
  void whereNothingRunsCommandsSaySo() {
    String dir = directory.toString();
    assertThat(Main.run("down", "--data-dir", dir)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("Nothing runs on " + dir);
    for (String command : new String[] {"status", "watch", "endpoints", "token"}) {
      assertThat(Main.run(command, "--data-dir", dir)).as(command).isEqualTo(1);
    }
    assertThat(said().lines()).hasSize(4).allMatch(line -> line.contains("./etl up --data-dir"));
  }

  @Test
  void aTokenIsAloneOnStandardOutput() throws Exception {
    String dir = directory.resolve("stack").toString();
    DataDirectory data = new DataDirectory(Path.of(dir));
    data.make();
    TokenKey.ensure(data);
    assertThat(Main.run("token", "--role", "etl.operate", "--subject", "ann", "--data-dir", dir))
        .isZero();
    assertThat(said()).isEmpty();
    String[] lines = out.toString(StandardCharsets.UTF_8).split(System.lineSeparator());
    assertThat(lines).hasSize(1);
    JWTClaimsSet claims = SignedJWT.parse(lines[0]).getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo("etl-local");
    assertThat(claims.getSubject()).isEqualTo("ann");
    assertThat(claims.getStringListClaim("roles")).containsExactly("etl.operate");
    assertThat(claims.getExpirationTime().toInstant())
        .isBetween(Instant.now().plusSeconds(3500), Instant.now().plusSeconds(3600));

    out.reset();
    assertThat(Main.run("token", "--json", "--ttl", "90s", "--data-dir", dir)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\"token\" : \"ey", "\"role\" : \"etl.read\"", "\"expires\" : \"");
  }

  @Test
  void statusOfNothingIsStillFourDestinations() {
    assertThat(Main.run("status", "--json", "--data-dir", directory.toString())).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\"mars\"", "\"neptune\"", "\"venus\"", "\"clickhouse\"", "\"down\"");
  }
}
