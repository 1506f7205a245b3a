package org.etlsandbox.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot run here says why, what to do, and leaves nothing. */
class EngineUnavailableTest {
  @TempDir Path directory;

  @Test
  void clickHouseWithoutItsLibrary() {
    EngineOptions options =
        EngineOptions.in(directory.resolve("data")).cacheDirectory(directory).build();
    assertThatThrownBy(() -> ClickHouseEngine.start(options))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageContaining("libchdb.so " + Distribution.version("chdb"))
        .hasMessageContaining("./etl fetch clickhouse");
    assertThat(options.dataDirectory()).doesNotExist();
  }

  @Test
  void clickHouseFromAnExecutableJar() throws Exception {
    Path library =
        directory.resolve("chdb").resolve(Distribution.version("chdb")).resolve("libchdb.so");
    Files.createDirectories(library.getParent());
    Files.createFile(library);
    Path jar = directory.resolve("app.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Spring-Boot-Classes", "BOOT-INF/classes/");
    try (OutputStream out = Files.newOutputStream(jar)) {
      new JarOutputStream(out, manifest).close();
    }
    EngineOptions options =
        EngineOptions.in(directory.resolve("data"))
            .cacheDirectory(directory)
            .classPath(jar.toString())
            .build();
    assertThatThrownBy(() -> ClickHouseEngine.start(options))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageContaining(jar.toString())
        .hasMessageContaining("lib/*");
  }

  @Test
  void aDirectoryThatIsNotOurs() throws Exception {
    Path precious = directory.resolve("data/precious");
    Files.createDirectories(precious.getParent());
    Files.writeString(precious, "x");
    assertThatThrownBy(() -> PostgreSqlEngine.start(EngineOptions.in(directory).build()))
        .isInstanceOf(EngineStartException.class)
        .hasMessageContaining("not made by EtlSandbox");
    assertThat(precious).hasContent("x");
  }
}
