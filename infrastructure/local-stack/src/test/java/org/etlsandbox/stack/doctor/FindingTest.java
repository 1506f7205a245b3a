package org.etlsandbox.stack.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindingTest {

  private static final Finding OK = Finding.ok("a", "well");
  private static final Finding WARN = Finding.warn("b", "hm", "look");
  private static final Finding FAIL = Finding.fail("c", "no", "repair");

  @Test
  void theWorstFindingDecidesTheExitCode() {
    assertThat(Severity.worstOf(List.of()).exitCode()).isEqualTo(0);
    assertThat(Severity.worstOf(List.of(OK)).exitCode()).isEqualTo(0);
    assertThat(Severity.worstOf(List.of(OK, WARN)).exitCode()).isEqualTo(3);
    assertThat(Severity.worstOf(List.of(FAIL, WARN, OK)).exitCode()).isEqualTo(1);
  }

  @Test
  void jsonTextIsEscaped() {
    assertThat(JsonReport.text("say \"a\\b\"\n\t\u0001é"))
        .isEqualTo("\"say \\\"a\\\\b\\\"\\n\\u0009\\u0001é\"");
    assertThat(JsonReport.text(null)).isEqualTo("null");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          8.0.31, OK
          9.4.0, OK
          5.7.44, WARN
          11.4.5-MariaDB-log, OK
          10.5.1-MariaDB, OK
          10.4.34-MariaDB, WARN
          unheard of, WARN
          """)
  void versionsThatWereNeverTriedAreWarnedAbout(String version, Severity severity) {
    assertThat(new ServerProbe().judge(version).severity()).isEqualTo(severity);
  }

  @Test
  void aReplicaIsAFailureUnlessTheLagIsSetOnPurpose() {
    assertThat(new ReplicaProbe(Map.of()).judge(false).severity()).isEqualTo(Severity.OK);
    assertThat(new ReplicaProbe(Map.of()).judge(true).severity()).isEqualTo(Severity.FAIL);
    assertThat(new ReplicaProbe(Map.of("ETL_POLL_COMMIT_LAG", "60s")).judge(true).severity())
        .isEqualTo(Severity.WARN);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          Apache Maven 3.8.7, OK
          Apache Maven 4.0.0-rc-4, OK
          Apache Maven 3.6.3, FAIL
          nonsense, FAIL
          """)
  void mavenMustBe38OrLater(String output, Severity severity) {
    assertThat(ToolChecks.maven(output).severity()).isEqualTo(severity);
  }

  @Test
  void aMissingMavenFailsAndAMissingNpmWarns() {
    assertThat(ToolChecks.maven(null).severity()).isEqualTo(Severity.FAIL);
    assertThat(ToolChecks.npm(null).severity()).isEqualTo(Severity.WARN);
    assertThat(ToolChecks.npm("11.19.1\n")).isEqualTo(Finding.ok("npm", "11.19.1"));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          jdbc:mysql://db.example:3306/sakila, db.example:3306/sakila
          jdbc:mysql://db.example/sakila?password=x, db.example/sakila
          jdbc:mysql://[::1]:3306/sakila, [::1]:3306/sakila
          jdbc:mysql://me:secret@db/sakila, db/sakila
          jdbc:mysql://me:sec@ret@db/sakila, db/sakila
          jdbc:mysql://me:sec?ret@db/sakila, the server of JUPITER_URL
          jdbc:mysql://db/sakila?password=a@b, the server of JUPITER_URL
          jdbc:mysql://address=(host=db)(password=x)/sakila, the server of JUPITER_URL
          jdbc:mysql:nonsense, the server of JUPITER_URL
          """)
  void anAddressNeverShowsCredentials(String url, String shown) {
    assertThat(new JupiterAddress(Map.of("JUPITER_URL", url)).toString()).isEqualTo(shown);
  }
}
