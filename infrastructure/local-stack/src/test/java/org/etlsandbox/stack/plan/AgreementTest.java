package org.etlsandbox.stack.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.file.Path;
import java.util.Map;
import org.etlsandbox.stack.plan.Agreement.Known;
import org.junit.jupiter.api.Test;

class AgreementTest {

  private static final Path DIRECTORY = Path.of("/somewhere/.etl");
  private static final Known KNOWN = new Known(DIRECTORY, 200_000, 7, JupiterKind.MYSQL);
  private static final Map<Store, ExternalServer> OWN_JUPITER =
      ExternalServer.from(Map.of("JUPITER_URL", "jdbc:mysql://db/sakila"));

  private static UpRequest asking(Long rentals, String jupiter, Integer churn) {
    return new UpRequest(
        DIRECTORY, rentals, null, jupiter, churn, false, null, false, null, Map.of());
  }

  private static UpRequest askingWith(Map<Store, ExternalServer> external) {
    return new UpRequest(DIRECTORY, null, null, null, null, false, null, false, null, external);
  }

  @Test
  void aNewDirectoryTakesTheDefaults() {
    StackOptions options = new Agreement(asking(null, null, null)).with(null);
    assertThat(options.rentals()).isEqualTo(16_000);
    assertThat(options.jupiter()).isEqualTo(JupiterKind.MARIADB);
    assertThat(options.portBase()).isEqualTo(8080);
    assertThat(options.churn()).isZero();
  }

  @Test
  void whatIsNotAskedForStaysAsItWas() {
    StackOptions options = new Agreement(asking(null, null, 5)).with(KNOWN);
    assertThat(options.rentals()).isEqualTo(200_000);
    assertThat(options.seed()).isEqualTo(7);
    assertThat(options.jupiter()).isEqualTo(JupiterKind.MYSQL);
    assertThat(options.churn()).isEqualTo(5);
  }

  @Test
  void anotherNumberOfRentalsIsRefused() {
    assertThatExceptionOfType(StackFailure.class)
        .isThrownBy(() -> new Agreement(asking(5L, null, null)).with(KNOWN))
        .withMessageContaining("--rentals 5")
        .withMessageContaining("200000")
        .withMessageContaining("--fresh")
        .withMessageContaining(DIRECTORY.toString());
  }

  @Test
  void anotherJupiterIsRefused() {
    assertThatExceptionOfType(StackFailure.class)
        .isThrownBy(() -> new Agreement(asking(null, "mariadb", null)).with(KNOWN))
        .withMessageContaining("the embedded MySQL as Jupiter, not the embedded MariaDB");
    assertThatExceptionOfType(StackFailure.class)
        .isThrownBy(() -> new Agreement(askingWith(OWN_JUPITER)).with(KNOWN))
        .withMessageContaining("the server of JUPITER_URL");
  }

  @Test
  void aDirectoryThatFollowsAServerOfTheUsersNeedsItsUrlAgain() {
    Known external = new Known(DIRECTORY, 16_000, 1, JupiterKind.EXTERNAL);
    assertThatExceptionOfType(StackFailure.class)
        .isThrownBy(() -> new Agreement(asking(null, null, null)).with(external))
        .withMessageContaining("follows the server of JUPITER_URL");
    assertThat(new Agreement(askingWith(OWN_JUPITER)).with(external).jupiter())
        .isEqualTo(JupiterKind.EXTERNAL);
  }

  @Test
  void aRunningStackIsJoinedOnlyAsItIs() {
    RunningOptions running = RunningOptions.of(new Agreement(asking(null, null, 5)).with(KNOWN));
    assertThatNoException()
        .isThrownBy(() -> new Agreement(asking(null, null, null)).requireSame(running, ""));
    assertThatNoException()
        .isThrownBy(() -> new Agreement(asking(200_000L, "mysql", 5)).requireSame(running, ""));
    assertThatExceptionOfType(StackFailure.class)
        .isThrownBy(
            () -> new Agreement(asking(null, null, 50)).requireSame(running, " --data-dir x"))
        .withMessage(
            "The stack runs already, with --churn 5 instead of 50: './etl down --data-dir x' stops it, then start it as you want it.");
    assertThatExceptionOfType(StackFailure.class)
        .isThrownBy(() -> new Agreement(askingWith(OWN_JUPITER)).requireSame(running, ""));
  }
}
