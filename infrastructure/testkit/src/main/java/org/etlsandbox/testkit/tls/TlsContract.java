package org.etlsandbox.testkit.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.connection.DatabaseTls;
import org.etlsandbox.connection.DatabaseTls.Mode;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.testkit.engine.EngineReport;
import org.etlsandbox.testkit.tls.TestCertificates.Identity;
import org.etlsandbox.testkit.tls.TlsServer.Client;
import org.etlsandbox.testkit.tls.TlsServer.Sessions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * An adapter connects to a server that proves who it is, over an encrypted connection, and to no
 * other; what does not fit is told in one line, and tried again, as the server may be put right.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class TlsContract {

  @TempDir private static Path directory;

  private TestCertificates certificates;
  private Identity fitting;
  private TlsServer server;

  /** Starts the server, which shows that certificate. */
  protected abstract TlsServer start(
      Path directory, TestCertificates certificates, Identity identity) throws Exception;

  @BeforeAll
  void startServer() throws Exception {
    certificates = new TestCertificates(directory);
    fitting = certificates.fitting();
    server = start(directory, certificates, fitting);
  }

  @AfterAll
  void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void showTheFittingOne(TestReporter reporter) throws IOException {
    reporter.publishEntry(EngineReport.ENGINE_ENTRY, server.engine());
    server.show(fitting);
  }

  @Test
  void connectsEncryptedToAServerThatFits() {
    try (Client client = server.open(trusting(certificates.authority()))) {
      client.check();
      Sessions sessions = server.sessions();
      assertThat(sessions.encrypted()).as("%s", sessions).isPositive();
      assertThat(sessions.plain()).as("%s", sessions).isZero();
    }
  }

  @Test
  void refusesACertificateOfAnotherAuthority() {
    assertThat(refusal(trusting(certificates.anotherAuthority())))
        .contains("CN=Server, issued by CN=Authority of the test")
        .contains("of no authority that is trusted here")
        .contains("etl.tls.ca (ETL_TLS_CA), which is '" + certificates.anotherAuthority() + "'");
  }

  @Test
  void withoutAFileTheAuthoritiesOfTheJvmHold() {
    assertThat(refusal(server.settings()))
        .contains("of no authority that is trusted here")
        .contains("etl.tls.ca (ETL_TLS_CA).");
  }

  @Test
  void refusesACertificateOfAnotherHost() throws IOException {
    server.show(certificates.forAnotherHost());
    assertThat(refusal(trusting(certificates.authority())))
        .contains("its certificate is for elsewhere.example, not for '127.0.0.1'")
        .contains("Name the host in the URL as the certificate does");
  }

  @Test
  void refusesACertificateThatHasExpired() throws IOException {
    server.show(certificates.expired());
    assertThat(refusal(trusting(certificates.authority())))
        .contains("its certificate (subject CN=Old) has expired at 20")
        .contains("Renew the server's certificate.");
  }

  @Test
  void refusesAServerWithoutTls() {
    ConnectionSettings plain = server.withoutTls();
    ConnectionSettings verifying =
        plain.with(new DatabaseTls(Mode.VERIFY, certificates.authority().toString()));
    assertThat(refusal(verifying)).contains("has TLS").contains("etl.tls.databases=off");
  }

  @Test
  void takesANewFileOfAuthoritiesWithoutARestart() throws IOException {
    Path file = directory.resolve("rotated.pem");
    Files.copy(certificates.anotherAuthority(), file, StandardCopyOption.REPLACE_EXISTING);
    try (Client client = server.open(trusting(file))) {
      assertThat(refusal(client)).hasMessageContaining("of no authority");
      Files.copy(certificates.authority(), file, StandardCopyOption.REPLACE_EXISTING);
      client.check();
    }
  }

  @Test
  void saysWhenTheFileOfAuthoritiesIsNoneOrMissing() throws IOException {
    Path none = Files.writeString(directory.resolve("none.pem"), "no certificate");
    assertThat(refusal(trusting(none))).contains("etl.tls.ca is '" + none + "': ");
    Path missing = directory.resolve("missing.pem");
    assertThat(refusal(trusting(missing)))
        .contains("etl.tls.ca is '" + missing + "': no such file")
        .contains("PEM file");
  }

  private ConnectionSettings trusting(Path authorities) {
    return server.settings().with(new DatabaseTls(Mode.VERIFY, authorities.toString()));
  }

  /** The one line that says why there is no connection. */
  private String refusal(ConnectionSettings settings) {
    try (Client client = server.open(settings)) {
      StoreException failure = refusal(client);
      assertThat(failure.getMessage())
          .startsWith(settings + ": no secure connection: ")
          .hasLineCount(1)
          .doesNotContain(settings.password());
      return String.valueOf(failure.getMessage());
    }
  }

  private static StoreException refusal(Client client) {
    StoreException failure = catchThrowableOfType(StoreException.class, client::check);
    assertThat(failure).as("a failure").isNotNull();
    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(Kind.UNAVAILABLE);
    return failure;
  }
}
