package org.etlsandbox.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.etlsandbox.beta.BetaWorker;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** A worker with the jars of this module takes its passwords from a Vault; a stand-in of one. */
class VaultSecretsTest {

  @Test
  void aSecretNamedLikeTheServiceGivesItsProperties() throws IOException {
    try (StandInVault vault =
            new StandInVault(
                "a-token",
                "beta-worker",
                Map.of(
                    "etl.destination.password", "of-neptune", "JUPITER_PASSWORD", "of-jupiter"));
        ConfigurableApplicationContext worker =
            start(
                "--spring.config.import=vault://",
                "--spring.cloud.vault.uri=" + vault.uri(),
                "--spring.cloud.vault.token=a-token")) {
      Environment environment = worker.getEnvironment();
      assertThat(environment.getProperty("etl.destination.password")).isEqualTo("of-neptune");
      assertThat(environment.getProperty("etl.jupiter.password")).isEqualTo("of-jupiter");
    }
  }

  /** Without that, the jars want a token, even where nothing is imported. */
  @Test
  void switchedOffTheJarsAskForNothing() {
    try (ConfigurableApplicationContext worker = start("--spring.cloud.vault.enabled=false")) {
      assertThat(worker.getEnvironment().getProperty("etl.destination.password")).isEmpty();
    }
  }

  private static ConfigurableApplicationContext start(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--etl.jupiter.url=jdbc:mysql://127.0.0.1:1/sakila",
                "--etl.control.url=jdbc:postgresql://127.0.0.1:1/control",
                "--etl.destination.url=jdbc:postgresql://127.0.0.1:1/neptune"));
    arguments.addAll(List.of(more));
    return BetaWorker.application().run(arguments.toArray(String[]::new));
  }
}
