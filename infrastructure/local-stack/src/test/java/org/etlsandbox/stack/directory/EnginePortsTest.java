package org.etlsandbox.stack.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnginePortsTest {

  private final List<String> moves = new ArrayList<>();

  @Test
  void aPortStaysUntilSomebodyTakesIt(@TempDir Path root) throws IOException {
    DataDirectory directory = new DataDirectory(root);
    directory.make();
    int port = EnginePorts.of(directory).choose("neptune", moves::add);
    assertThat(EnginePorts.of(directory).choose("neptune", moves::add)).isEqualTo(port);
    assertThat(moves).isEmpty();

    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      int moved = EnginePorts.of(directory).choose("neptune", moves::add);
      assertThat(moved).isNotEqualTo(taken.getLocalPort());
      assertThat(moves)
          .singleElement()
          .asString()
          .contains("Port " + port + " of neptune", "it moves to " + moved);
    }
  }
}
