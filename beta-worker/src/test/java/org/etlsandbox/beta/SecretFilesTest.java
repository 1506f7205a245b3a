package org.etlsandbox.beta;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** Secrets that are mounted as files, by the name of the property or of the variable. */
class SecretFilesTest {

  @TempDir private Path directory;

  @Test
  void aFileNamedLikeAPropertyOrAVariableGivesItsValue() throws IOException {
    Files.writeString(directory.resolve("etl.jupiter.password"), "of-jupiter\n");
    Files.writeString(directory.resolve("NEPTUNE_PASSWORD"), "of-neptune\n");
    Files.writeString(directory.resolve("CONTROL_PASSWORD"), "of-control-by-variable");
    Files.writeString(directory.resolve("etl.control.password"), "of-control");

    try (ConfigurableApplicationContext worker =
        start("--etl.secrets.directory=" + directory + "/")) {
      Environment environment = worker.getEnvironment();
      assertThat(environment.getProperty("etl.jupiter.password")).isEqualTo("of-jupiter");
      assertThat(environment.getProperty("etl.destination.password")).isEqualTo("of-neptune");
      assertThat(environment.getProperty("etl.control.password")).isEqualTo("of-control");
    }
  }

  @Test
  void withoutTheDirectoryThereIsNoPassword() {
    try (ConfigurableApplicationContext worker =
        start("--etl.secrets.directory=" + directory.resolve("none") + "/")) {
      assertThat(worker.getEnvironment().getProperty("etl.jupiter.password")).isEmpty();
    }
  }

  private static ConfigurableApplicationContext start(String argument) {
    return BetaWorker.application()
        .run(
            argument,
            "--server.port=0",
            "--management.server.port=0",
            "--etl.jupiter.url=jdbc:mysql://127.0.0.1:1/sakila",
            "--etl.control.url=jdbc:postgresql://127.0.0.1:1/control",
            "--etl.destination.url=jdbc:postgresql://127.0.0.1:1/neptune");
  }
}
