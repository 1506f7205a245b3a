package org.etlsandbox.stack.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path directory;

  @Test
  void wrongUsageIsOneLineAndExitCodeTwo() {
    assertThat(run(Map.of(), "--prot")).isEqualTo(2);

    assertThat(text(out)).isEmpty();
    assertThat(text(err)).hasLineCount(1).contains("'--prot'");
  }

  @Test
  void anUnreachableJupiterIsAFailureThatShowsNoSecret() throws IOException {
    Map<String, String> environment =
        Map.of(
            "JUPITER_URL",
            "jdbc:mysql://root:s3cret@127.0.0.1:" + closedPort() + "/sakila?password=s3cret",
            "JUPITER_PASSWORD",
            "s3cret");

    assertThat(run(environment)).isEqualTo(1);

    assertThat(text(out))
        .contains("fail  jupiter ")
        .contains("nothing accepts connections there")
        .doesNotContain("s3cret");
  }

  @Test
  void anotherProductThanMySqlIsRefusedByItsPrefix() {
    assertThat(run(Map.of("JUPITER_URL", "jdbc:postgresql://host/sakila"))).isEqualTo(1);

    assertThat(text(out)).contains("begins with 'jdbc:postgresql:'");
  }

  @Test
  void aServerThatDoesNotLetUsInIsAFailureThatShowsNoSecret() throws IOException {
    Map<String, String> environment =
        Map.of(
            "MARS_URL",
            "jdbc:sqlserver://127.0.0.1:" + closedPort() + ";databaseName=mars;password=s3cret");

    assertThat(run(environment)).isEqualTo(1);

    assertThat(text(out))
        .contains("fail  mars ")
        .contains("MARS_URL (jdbc:sqlserver://127.0.0.1:")
        .contains("check host and port")
        .doesNotContain("s3cret");
  }

  @Test
  void whatUpWouldRefuseIsAFailure() {
    assertThat(run(Map.of("VENUS_URL", "jdbc:sqlserver://db"))).isEqualTo(1);

    assertThat(text(out)).contains("fail  servers ").contains("add ;databaseName=venus");
  }

  @Test
  void anEmptyCacheIsAWarningThatSaysHowToFillIt() {
    run(Map.of());

    assertThat(text(out)).contains("warn  engine clickhouse").contains("./etl fetch clickhouse");
  }

  @Test
  void aTakenPortIsNamedWithItsOwner() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Finding> findings = new PortCheck(taken.getLocalPort() - 5).run();

      assertThat(findings)
          .anySatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARN);
            assertThat(finding.message())
                .startsWith(
                    "%d (beta-api) is taken by process %d"
                        .formatted(taken.getLocalPort(), ProcessHandle.current().pid()));
          });
    }
  }

  @Test
  void jsonIsOneArrayOfAllFindings() {
    run(Map.of("JUPITER_URL", "jdbc:oracle://x"), "--json");

    assertThat(text(out))
        .startsWith("[")
        .endsWith("]\n")
        .contains(
            "{\"severity\": \"fail\", \"subject\": \"jupiter\", \"message\": \"JUPITER_URL begins with"
                + " 'jdbc:oracle:', not with 'jdbc:mysql:'\", \"todo\": \"write");
  }

  private int run(Map<String, String> environment, String... args) {
    return DoctorCommand.run(
        List.of(args),
        environment,
        directory,
        directory.resolve("cache"),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
