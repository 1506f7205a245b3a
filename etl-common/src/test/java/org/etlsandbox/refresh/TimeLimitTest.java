package org.etlsandbox.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimeLimitTest {

  /** No time-out of a socket ends this. */
  @Test
  void aWriteToOneWhoNoLongerReadsIsBrokenOff() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket silent = server.accept()) {
      assertThat(silent.isConnected()).isTrue();
      onVirtualThread(() -> {
        TimeLimit limit = new TimeLimit(Duration.ofMillis(200));
        assertThatThrownBy(() -> writeForEver(client.getOutputStream()))
            .isInstanceOf(IOException.class);
        assertThat(limit.exceeded()).isTrue();
        limit.close();
        assertThat(Thread.currentThread().isInterrupted())
            .as("what the thread does next")
            .isFalse();
        return null;
      });
    }
  }

  @Test
  void whatEndsInTimeIsLeftAlone() throws Exception {
    onVirtualThread(() -> {
      TimeLimit limit = new TimeLimit(Duration.ofMillis(50));
      limit.close();
      Thread.sleep(150);
      assertThat(limit.exceeded()).isFalse();
      return null;
    });
  }

  private static void writeForEver(OutputStream out) throws IOException {
    byte[] block = new byte[1 << 16];
    while (true) {
      out.write(block);
    }
  }

  private static void onVirtualThread(Callable<Void> work) throws Exception {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      threads.submit(work).get(20, TimeUnit.SECONDS);
    } finally {
      threads.shutdownNow(); // to close it would wait for one who is stuck
    }
  }
}
