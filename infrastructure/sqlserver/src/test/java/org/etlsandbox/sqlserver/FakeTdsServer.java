package org.etlsandbox.sqlserver;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Speaks just enough of SQL Server's protocol to refuse a login with any error there is: most of
 * them no server can be made to raise.
 *
 * @see <a
 *     href="https://learn.microsoft.com/openspecs/windows_protocols/ms-tds/9805e9fa-1f8b-4cf8-8f78-8d2602228635">ERROR</a>
 */
final class FakeTdsServer implements AutoCloseable {
  private static final int REPLY = 0x04;
  private static final int HEADER = 8;

  private static final byte ENCRYPTION_ON = 1;
  private static final byte ENCRYPTION_NOT_SUPPORTED = 2;

  // TLS: an alert, fatal, handshake_failure
  private static final byte[] ALERT = {0x15, 3, 3, 0, 2, 2, 40};

  /** What a client is told after its first message. */
  private interface Answer {
    void to(DataInputStream in, OutputStream out) throws IOException;
  }

  private final ServerSocket socket;

  private FakeTdsServer(byte encryption, Answer answer) {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(() -> serve(encryption, answer));
  }

  /** Refuses every login. */
  static FakeTdsServer refusing(int number, int severity, String message) {
    byte[] refusal = error(number, severity, message);
    return new FakeTdsServer(
        ENCRYPTION_NOT_SUPPORTED,
        (in, out) -> {
          skipMessage(in);
          out.write(refusal);
        });
  }

  /** Agrees to TLS, and then to none of the client's ciphers. */
  static FakeTdsServer failingTls() {
    return new FakeTdsServer(
        ENCRYPTION_ON,
        (in, out) -> {
          skipMessage(in);
          out.write(packet(ALERT));
        });
  }

  /** Agrees to TLS, and is gone. */
  static FakeTdsServer leavingDuringTls() {
    return new FakeTdsServer(ENCRYPTION_ON, (in, out) -> skipMessage(in));
  }

  String url(String properties) {
    return "jdbc:sqlserver://127.0.0.1:%d;databaseName=etl;%s"
        .formatted(socket.getLocalPort(), properties);
  }

  private void serve(byte encryption, Answer answer) {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept();
          DataInputStream in = new DataInputStream(client.getInputStream());
          OutputStream out = client.getOutputStream()) {
        skipMessage(in);
        out.write(prelogin(encryption));
        answer.to(in, out);
        out.flush();
        client.shutdownOutput();
        in.readAllBytes();
      } catch (IOException e) {
        // The client has gone, or the server is closed
      }
    }
  }

  private static void skipMessage(DataInputStream in) throws IOException {
    boolean last;
    do {
      in.readByte();
      last = (in.readByte() & 1) != 0;
      in.skipNBytes(in.readUnsignedShort() - 4);
    } while (!last);
  }

  /** Options: version 16.0.1000, encryption. */
  private static byte[] prelogin(byte encryption) {
    return packet(
        new byte[] {0, 0, 11, 0, 6, 1, 0, 17, 0, 1, -1, 16, 0, 3, (byte) 0xE8, 0, 0, encryption});
  }

  /** An ERROR and the DONE that follows it. */
  private static byte[] error(int number, int severity, String message) {
    byte[] text = message.getBytes(StandardCharsets.UTF_16LE);
    ByteBuffer body = ByteBuffer.allocate(64 + text.length).order(ByteOrder.LITTLE_ENDIAN);
    body.put((byte) 0xAA).putShort((short) (14 + text.length));
    body.putInt(number).put((byte) 1).put((byte) severity);
    body.putShort((short) message.length()).put(text);
    body.put((byte) 0).put((byte) 0).putInt(1); // no server, no procedure, line 1
    body.put((byte) 0xFD).putShort((short) 2).putShort((short) 0).putLong(0);
    byte[] bytes = new byte[body.position()];
    body.flip().get(bytes);
    return packet(bytes);
  }

  private static byte[] packet(byte[] body) {
    return ByteBuffer.allocate(HEADER + body.length)
        .put((byte) REPLY)
        .put((byte) 1)
        .putShort((short) (HEADER + body.length))
        .putInt(0x00000100)
        .put(body)
        .array();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
