package org.etlsandbox.stack.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.etlsandbox.stack.directory.StackProcesses.Found;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackProcessesTest {

  @TempDir private Path root;

  @Test
  void findsAndStopsAnEngineByWhereItWorks() throws IOException {
    Path data = Files.createDirectories(root.resolve("neptune/data"));
    Process server = sleeping("postgres", data);
    try {
      List<Found> found = new StackProcesses(new DataDirectory(root)).engines();
      assertThat(found).hasSize(1);
      assertThat(found.getFirst().handle().pid()).isEqualTo(server.pid());
      assertThat(found.getFirst().what()).isEqualTo("neptune");
      StackProcesses.stop(found, Duration.ofSeconds(5));
      assertThat(server.isAlive()).isFalse();
    } finally {
      server.destroyForcibly();
    }
  }

  @Test
  void leavesSomebodysShellInTheDirectoryAlone() throws IOException {
    Path data = Files.createDirectories(root.resolve("neptune/data"));
    Process shell = sleeping("bash", data);
    try {
      assertThat(new StackProcesses(new DataDirectory(root)).engines()).isEmpty();
    } finally {
      shell.destroyForcibly();
    }
  }

  @Test
  void leavesTheServerOfAnotherStackAlone(@TempDir Path other) throws IOException {
    Path data = Files.createDirectories(other.resolve("neptune/data"));
    Process server = sleeping("postgres", data);
    try {
      assertThat(new StackProcesses(new DataDirectory(root)).engines()).isEmpty();
    } finally {
      server.destroyForcibly();
    }
  }

  /** A process under a server's name: the name is what the program's file is called. */
  private Process sleeping(String name, Path directory) throws IOException {
    Path program = root.resolve(name);
    Files.copy(Path.of("/bin/sleep").toRealPath(), program);
    return new ProcessBuilder(program.toString(), "60").directory(directory.toFile()).start();
  }
}
