package org.etlsandbox.clickhouse;

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
    private TlsRelay relay;

    Server(TestCertificates certificates, Identity identity) {
      this.certificates = certificates;
      this.relay = new TlsRelay(certificates.context(identity), 0, port(database.url()));
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
      int port = relay.port();
      relay.close();
      relay = new TlsRelay(certificates.context(identity), port, port(database.url()));
    }

    @Override
    public ConnectionSettings settings() {
      return at("jdbc:clickhouse://127.0.0.1:%d/%s".formatted(relay.port(), database.name()));
    }

    @Override
    public ConnectionSettings withoutTls() {
      return at(database.url());
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
    }
  }
}
