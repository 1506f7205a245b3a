package org.etlsandbox.betaapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** Secrets that are mounted as files, in each spelling that docs/tls.md promises. */
class SecretFilesTest {

  @TempDir private Path directory;

  @Test
  void aFileNamedLikeTheVariableOfTheChosenDestinationGivesItsPassword() throws IOException {
    Files.writeString(directory.resolve("NEPTUNE_PASSWORD"), "of-neptune\n");
    Files.writeString(directory.resolve("VENUS_PASSWORD"), "of-venus\n");
    Files.writeString(directory.resolve("CONTROL_PASSWORD"), "of-control\n");

    try (ConfigurableApplicationContext api = start("neptune")) {
      Environment environment = api.getEnvironment();
      assertThat(environment.getProperty("etl.query.password")).isEqualTo("of-neptune");
      assertThat(environment.getProperty("etl.query.control.password")).isEqualTo("of-control");
    }
    try (ConfigurableApplicationContext api = start("venus")) {
      assertThat(api.getEnvironment().getProperty("etl.query.password")).isEqualTo("of-venus");
    }
  }

  @Test
  void aFileNamedLikeThePropertyWins() throws IOException {
    Files.writeString(directory.resolve("NEPTUNE_PASSWORD"), "by-variable");
    Files.writeString(directory.resolve("etl.query.password"), "by-property");
    try (ConfigurableApplicationContext api = start("neptune")) {
      assertThat(api.getEnvironment().getProperty("etl.query.password")).isEqualTo("by-property");
    }
  }

  private ConfigurableApplicationContext start(String destination) {
    return BetaApi.application()
        .run(
            "--etl.secrets.directory=" + directory + "/",
            "--server.port=0",
            "--management.server.port=0",
            "--etl.query.destination=" + destination,
            "--etl.query.url=jdbc:postgresql://127.0.0.1:1/" + destination,
            "--etl.query.control.url=jdbc:postgresql://127.0.0.1:1/control");
  }
}
