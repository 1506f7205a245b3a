package org.etlsandbox.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceJvmTest {

  @TempDir private Path app;

  /** What the images run is what the local stack, the tests and the benchmark run. */
  @Test
  void theImagesHaveTheSameOptions() throws IOException, InterruptedException {
    List<String> ours = optionsOnly(ServiceJvm.command(List.of(), "Main"));
    assertThat(ours).hasSizeGreaterThan(5);
    assertThat(optionsOnly(inTheImage("beta-worker")))
        .as("docker/service-options.sh, but for the AOT cache and the first heap that it asks for")
        .containsExactlyElementsOf(ours);
  }

  private static List<String> optionsOnly(List<String> command) {
    return command.stream()
        .filter(option -> option.startsWith("-"))
        .filter(option -> !option.startsWith("-Xms"))
        .filter(option -> !option.startsWith("-XX:AOTCache=") && !option.startsWith("-Xlog:aot"))
        .filter(option -> !option.startsWith("-cp"))
        .toList();
  }

  private List<String> inTheImage(String service) throws IOException, InterruptedException {
    for (String jar : List.of("ours/a.jar", "lib/b.jar", "shared/c.jar")) {
      Files.createDirectories(app.resolve(jar).getParent());
      Files.createFile(app.resolve(jar));
    }
    Path script = Path.of("../ops/docker/service-options.sh");
    Process process =
        new ProcessBuilder("bash", script.toString(), service, app.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return Files.readAllLines(app.resolve("service.options"));
  }
}
