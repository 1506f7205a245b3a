package org.etlsandbox.clickhouse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.etlsandbox.testkit.network.TlsRelay;
import org.etlsandbox.testkit.tls.TestCertificates;
import org.etlsandbox.testkit.tls.TestCertificates.Identity;
import org.etlsandbox.testkit.tls.TlsContract;
import org.etlsandbox.testkit.tls.TlsServer;

/** ClickHouse behind a relay that speaks TLS for it, as the embedded one cannot. */
class ClickHouseTlsTest extends TlsContract {

  @Override
  protected TlsServer start(Path directory, TestCertificates certificates, Identity identity) {
    return new Server(certificates, identity);
  }

  private static final class Server implements TlsServer {
    private final TestCertificates certificates;
    private final TestDatabase database = TestEngines.clickHouse().newDatabase();
    private final ServerSocket plain = badRequests();
    private TlsRelay relay;

    Server(TestCertificates certificates, Identity identity) {
      this.certificates = certificates;
      this.relay = new TlsRelay(certificates.context(identity), port(database.url()));
    }

    private static int port(String url) {
      return Integer.parseInt(url.replaceFirst(".*//[^:]+:(\\d+).*", "$1"));
    }

    @Override
    public String engine() {
      return database.engine();
    }

    @Override
    public void show(Identity identity) {
      relay.close();
      relay = new TlsRelay(certificates.context(identity), port(database.url()));
    }

    @Override
    public ConnectionSettings settings() {
      return at("jdbc:clickhouse://127.0.0.1:%d/%s".formatted(relay.port(), database.name()));
    }

    /** The embedded one waits for the end of what it takes for a request line. */
    @Override
    public ConnectionSettings withoutTls() {
      return at("jdbc:clickhouse://127.0.0.1:%d/x".formatted(plain.getLocalPort()));
    }

    /** As ClickHouse's HTTP port answers a client that begins with a TLS handshake. */
    private static ServerSocket badRequests() {
      try {
        ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> answerAll(listening));
        return listening;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void answerAll(ServerSocket listening) {
      while (!listening.isClosed()) {
        try (Socket client = listening.accept()) {
          int first = client.getInputStream().read();
          client
              .getOutputStream()
              .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          client.getInputStream().skipNBytes(first < 0 ? 0 : client.getInputStream().available());
        } catch (IOException e) {
          // The client has seen enough, or the test is over
        }
      }
    }

    private ConnectionSettings at(String url) {
      return new ConnectionSettings("clickhouse", url, database.username(), database.password(), 2);
    }

    @Override
    public Client open(ConnectionSettings settings) {
      Destination destination = new ClickHouseDestinationProvider().open(settings);
      return new Client() {
        @Override
        public void check() {
          destination.check();
        }

        @Override
        public void close() {
          destination.close();
        }
      };
    }

    /** The relay lets nothing else through, so what has arrived was encrypted. */
    @Override
    public Sessions sessions() {
      return new Sessions(relay.handshakes(), 0);
    }

    @Override
    public void close() {
      relay.close();
      database.close();
      try {
        plain.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
