package org.etlsandbox.stack.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ServicePortsTest {

  @Test
  void serviceAndManagementPortsFollowTheBase() {
    assertThat(Service.ALPHA_WORKER.port(Service.DEFAULT_PORT_BASE)).isEqualTo(8081);
    assertThat(Service.DELTA_API.port(Service.DEFAULT_PORT_BASE)).isEqualTo(8086);
    assertThat(Service.ALPHA_WORKER.port(9000)).isEqualTo(9001);
    assertThat(Service.ALPHA_WORKER.managementPort(9000)).isEqualTo(10_001);
  }

  @Test
  void aTakenPortIsNamedWithItsHolderAndTheOptionThatHelps() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int base = taken.getLocalPort() - 3;
      assertThatExceptionOfType(StackFailure.class)
          .isThrownBy(() -> ServicePorts.requireFree(base))
          .withMessageContaining(
              "Port %d (gamma-worker) is taken by process %d"
                  .formatted(taken.getLocalPort(), ProcessHandle.current().pid()))
          .withMessageContaining("--port-base");
    }
  }
}
