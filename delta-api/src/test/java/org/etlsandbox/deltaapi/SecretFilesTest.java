package org.etlsandbox.deltaapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** Secrets that are mounted as files, named like the variables of the workers. */
class SecretFilesTest {

  @TempDir private Path directory;

  @Test
  void aFileNamedLikeTheVariableGivesThePasswordOfItsSource() throws IOException {
    String[] sources = {"jupiter", "mars", "venus", "neptune", "clickhouse"};
    for (String source : sources) {
      Files.writeString(
          directory.resolve(source.toUpperCase(Locale.ROOT) + "_PASSWORD"), "of-" + source + "\n");
    }
    try (ConfigurableApplicationContext api =
        DeltaApi.application()
            .run(
                "--etl.secrets.directory=" + directory + "/",
                "--server.port=0",
                "--management.server.port=0")) {
      for (String source : sources) {
        assertThat(api.getEnvironment().getProperty("etl.ddl.sources." + source + ".password"))
            .isEqualTo("of-" + source);
      }
    }
  }
}
