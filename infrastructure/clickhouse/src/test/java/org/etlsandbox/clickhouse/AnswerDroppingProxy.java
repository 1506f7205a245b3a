package org.etlsandbox.clickhouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network that lets requests through and loses answers: the server has done its work, the client
 * sees the connection close.
 */
final class AnswerDroppingProxy implements AutoCloseable {

  private static final String INSERT = "INSERT+INTO+customer_order_flat";

  private final ServerSocket listening;
  private final String serverHost;
  private final int serverPort;

  /** How many answers to inserts of flats are still to be lost. */
  final AtomicInteger toDrop = new AtomicInteger();

  AnswerDroppingProxy(String serverHost, int serverPort) throws IOException {
    this.serverHost = serverHost;
    this.serverPort = serverPort;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Socket server = new Socket(serverHost, serverPort);
        AtomicBoolean inserting = new AtomicBoolean();
        Thread.startVirtualThread(() -> pump(client, server, true, inserting));
        Thread.startVirtualThread(() -> pump(server, client, false, inserting));
      }
    } catch (IOException closed) {
      // The test is over
    }
  }

  private void pump(Socket from, Socket to, boolean request, AtomicBoolean inserting) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      byte[] bytes = new byte[65_536];
      for (int count = in.read(bytes); count > 0; count = in.read(bytes)) {
        if (request) {
          String text = new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
          if (text.startsWith("POST")) {
            inserting.set(text.contains(INSERT) || text.contains(INSERT.replace("+", "%20")));
          }
        } else if (inserting.get() && toDrop.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
          return;
        }
        out.write(bytes, 0, count);
        out.flush();
      }
    } catch (IOException broken) {
      // Both ends are closed by now
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
