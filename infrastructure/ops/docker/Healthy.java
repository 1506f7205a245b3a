import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * The health check of the images: ends with 0 when readiness answers 200. They have neither shell
 * nor curl. The argument is the management port; {@code MANAGEMENT_SERVER_PORT} wins.
 */
final class Healthy {

  private static final int TIMEOUT_MILLIS = 3000;

  private Healthy() {}

  public static void main(String[] args) {
    String port = System.getenv().getOrDefault("MANAGEMENT_SERVER_PORT", args[0]);
    String status;
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)),
          TIMEOUT_MILLIS);
      socket
          .getOutputStream()
          .write(
              "GET /actuator/health/readiness HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      status =
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
    } catch (IOException e) {
      status = "127.0.0.1:" + port + ": " + e.getMessage();
    }
    System.out.println(status);
    // why: halt skips what a JVM tidies up on its way out; this one starts every few seconds
    Runtime.getRuntime().halt(status != null && status.startsWith("HTTP/1.1 200") ? 0 : 1);
  }
}
