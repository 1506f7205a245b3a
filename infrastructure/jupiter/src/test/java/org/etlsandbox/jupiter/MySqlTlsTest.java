package org.etlsandbox.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.engines.EngineOptions;
import org.etlsandbox.engines.EngineUnavailableException;
import org.etlsandbox.engines.MySqlEngine;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.etlsandbox.testkit.tls.TestCertificates;
import org.etlsandbox.testkit.tls.TestCertificates.Identity;
import org.etlsandbox.testkit.tls.TlsContract;
import org.etlsandbox.testkit.tls.TlsServer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opentest4j.TestAbortedException;

class MySqlTlsTest {

  @ParameterizedTest
  @CsvSource({
    "jdbc:mysql://db/sakila?sslMode=REQUIRED, sslMode=REQUIRED",
    "jdbc:mysql://db/sakila?x=y&sslmode=disabled, sslMode=disabled",
    "jdbc:mysql://db/sakila?sslMode=VERIFY_CA&x=y, sslMode=VERIFY_CA",
    "jdbc:mysql://db/sakila?useSSL=false, useSSL=false",
    "jdbc:mysql://db/sakila?verifyServerCertificate=false, verifyServerCertificate=false",
    "jdbc:mysql://(host=db)(sslMode=PREFERRED)/sakila, sslMode=PREFERRED",
    "'jdbc:mysql://address=(host=db,sslMode=DISABLED)/sakila', sslMode=DISABLED",
    "jdbc:mysql://db/sakila?socketFactory=com.example.Pipe, socketFactory=com.example.Pipe"
  })
  void knowsAUrlThatAsksForLess(String url, String weakness) {
    assertThat(new MySqlTls().weakness(url))
        .hasValueSatisfying(found -> assertThat(found).isEqualTo(weakness));
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:mysql://db/sakila",
    "jdbc:mysql://db/sakila?sslMode=VERIFY_IDENTITY&allowPublicKeyRetrieval=true",
    "jdbc:mysql://db/sakila?useSSL=true"
  })
  void knowsAUrlThatDoesNot(String url) {
    assertThat(new MySqlTls().weakness(url)).isEmpty();
  }

  @Test
  void leavesATrustStoreOfTheUrlToTheDriver() {
    assertThat(new MySqlTls().verifying("jdbc:mysql://db/s", "/ca.pem"))
        .isEqualTo(
            Map.of(
                "sslMode", "VERIFY_IDENTITY",
                "socketFactory", VerifyingMySqlSocketFactory.class.getName(),
                "etlTlsCa", "/ca.pem"));
    assertThat(
            new MySqlTls()
                .verifying("jdbc:mysql://db/s?trustCertificateKeyStoreUrl=file:t.p12", "/ca.pem"))
        .isEqualTo(Map.of("sslMode", "VERIFY_IDENTITY"));
  }

  @Nested
  class OfMySql extends TlsContract {
    @Override
    protected TlsServer start(Path directory, TestCertificates certificates, Identity identity)
        throws IOException {
      return new Server(directory, certificates, identity);
    }
  }

  /** With a certificate that it reads again when told to. */
  private static final class Server implements TlsServer {
    private final Identity shown;
    private final MySqlEngine engine;

    Server(Path directory, TestCertificates certificates, Identity identity) throws IOException {
      shown = new Identity(directory.resolve("server.crt"), directory.resolve("server.key"));
      identity.copyTo(shown);
      try {
        engine =
            MySqlEngine.start(
                EngineOptions.temporary().toBuilder()
                    .setting("ssl-ca", certificates.authority().toString())
                    .setting("ssl-cert", shown.certificate().toString())
                    .setting("ssl-key", shown.key().toString())
                    .build());
      } catch (EngineUnavailableException e) {
        throw new TestAbortedException(e.getMessage());
      }
    }

    @Override
    public String engine() {
      return "MySQL %s (embedded)".formatted(engine.version());
    }

    @Override
    public void show(Identity identity) throws IOException {
      identity.copyTo(shown);
      try (Connection connection = admin();
          Statement statement = connection.createStatement()) {
        statement.execute("ALTER INSTANCE RELOAD TLS");
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public ConnectionSettings settings() {
      return new ConnectionSettings(
          "jupiter", withoutParameters(engine.jdbcUrl()), engine.username(), engine.password(), 2);
    }

    /** The engines' own URLs say that they have no TLS. */
    private static String withoutParameters(String url) {
      return url.substring(0, url.indexOf('?'));
    }

    /** MySQL makes itself a certificate; MariaDB has none here. */
    @Override
    public ConnectionSettings withoutTls() {
      try (TestDatabase other = TestEngines.mariaDb().newDatabase()) {
        return new ConnectionSettings(
            "jupiter", withoutParameters(other.url()), other.username(), other.password(), 2);
      }
    }

    @Override
    public Client open(ConnectionSettings settings) {
      JupiterSource source = new JupiterSource(settings);
      return new Client() {
        @Override
        public void check() {
          source.check();
        }

        @Override
        public void close() {
          source.close();
        }
      };
    }

    @Override
    public Sessions sessions() {
      String sessions =
          """
          SELECT COALESCE(SUM(connection_type = 'SSL/TLS'), 0),
                 COALESCE(SUM(connection_type <> 'SSL/TLS'), 0)
            FROM performance_schema.threads
           WHERE type = 'FOREGROUND' AND processlist_user = '%s'
             AND processlist_id <> CONNECTION_ID()
          """
              .formatted(engine.username());
      try (Connection connection = admin();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(sessions)) {
        row.next();
        return new Sessions(row.getInt(1), row.getInt(2));
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    private Connection admin() throws SQLException {
      return DriverManager.getConnection(engine.jdbcUrl(), engine.username(), engine.password());
    }

    @Override
    public void close() {
      engine.close();
    }
  }
}
