package org.etlsandbox.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCacheTest {

  @TempDir private Path directory;

  @Test
  void withoutACacheAServiceIsStartedAsEver() {
    StartCache cache = new StartCache(directory, "services");
    assertThat(cache.option()).isEmpty();
    cache.adopt();
    assertThat(cache.option()).as("nothing was written").isEmpty();
  }

  @Test
  void whatATrainedProcessHasWrittenIsReadByTheNextOnes() throws IOException {
    StartCache cache = new StartCache(directory, "services");
    String training = cache.training().getFirst();
    Path written = Path.of(training.substring(training.indexOf('=') + 1));
    assertThat(training).startsWith("-XX:AOTCacheOutput=");
    Files.createFile(written);
    assertThat(cache.option()).as("not before the process has ended").isEmpty();

    cache.adopt();
    assertThat(cache.option())
        .containsExactly("-XX:AOTCache=" + directory.resolve("services.aot").toAbsolutePath());
    assertThat(cache.isMissing()).isFalse();
  }

  @Test
  void aCacheThatIsOlderThanAJarIsNotRead() throws IOException {
    StartCache cache = new StartCache(directory, "services");
    Path file = Files.createFile(directory.resolve("services.aot"));
    assertThat(cache.option()).hasSize(1);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(10_000))));
    assertThat(cache.option()).isEmpty();
  }

  @Test
  void thePathIsAbsoluteOrTheJvmWouldIgnoreIt() {
    StartCache cache = new StartCache(Path.of("target"), "services");
    assertThat(cache.training().getFirst())
        .isEqualTo(
            "-XX:AOTCacheOutput="
                + Path.of("target").toAbsolutePath().resolve("services-unfinished.aot"));
  }
}
