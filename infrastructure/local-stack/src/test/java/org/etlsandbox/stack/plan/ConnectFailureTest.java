package org.etlsandbox.stack.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.etlsandbox.connection.DatabaseTls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only a server that is locked, misconfigured or really a SQL Server says. */
class ConnectFailureTest {

  private static ExternalServer mars(int port, String database) {
    return new ExternalServer(
        Store.MARS,
        "jdbc:sqlserver://127.0.0.1:%d;databaseName=%s;password=hush".formatted(port, database),
        "me",
        "hush",
        DatabaseTls.VERIFY);
  }

  private static String words(ExternalServer server, SQLException failure) {
    return new ConnectFailure(server, failure).inWords().sentence();
  }

  @ParameterizedTest
  @CsvSource({"18456", "18452", "18470", "18486", "18487", "18488"})
  void aRefusedLogin(int code) {
    assertThat(words(mars(1433, "mars"), new SQLException("secret words", "S0001", code)))
        .isEqualTo(
            "MARS_URL (jdbc:sqlserver://127.0.0.1:1433;databaseName=mars) refused user 'me': check MARS_USERNAME and MARS_PASSWORD.");
  }

  @ParameterizedTest
  @CsvSource({"4060, mars, [mars]", "911, mars, [mars]", "4060, a]b, [a]]b]"})
  void aDatabaseThatIsNotThereComesWithTheLineThatCreatesIt(
      int code, String database, String quoted) {
    assertThat(words(mars(1433, database), new SQLException("no", "S0001", code)))
        .contains("has no database '" + database + "', or user 'me' may not open it")
        .contains("CREATE DATABASE " + quoted + ";");
  }

  @Test
  void aCertificateThatIsNotTrusted() throws IOException {
    SQLException failure =
        new SQLException("secure connection", "08S01", new SSLHandshakeException("PKIX path"));
    assertThat(words(mars(1433, "mars"), failure))
        .contains("offers no secure connection: ", "(PKIX path)");
  }

  /** The driver's own words for a server without TLS carry neither code nor cause. */
  @Test
  void aServerThatListensAndHasNoTls() throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertThat(
              words(
                  mars(listening.getLocalPort(), "mars"),
                  new SQLException(
                      "not configured to support SSL. ClientConnectionId:1-2", "08S01")))
          .contains("(not configured to support SSL.)")
          .contains(";encrypt=false");
    }
    ExternalServer silent = mars(PortHolder.free(), "mars");
    assertThat(words(silent, new SQLException("many words", "08S01")))
        .contains("cannot be reached (Connection refused)")
        .doesNotContain("hush");
    ExternalServer unknown =
        new ExternalServer(
            Store.MARS,
            "jdbc:sqlserver://nowhere.invalid;databaseName=x",
            "",
            "",
            DatabaseTls.VERIFY);
    assertThat(words(unknown, new SQLException("many words", "08S01")))
        .contains("cannot be reached (unknown host nowhere.invalid)");
    assertThat(ServerCheck.askAll(List.of(silent)))
        .singleElement()
        .isInstanceOf(ServerCheck.Refusal.class);
  }

  /** Encryption is not the reason where nobody asked for it. */
  @Test
  void aServerThatListensAndHangsUp() throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      ExternalServer mars = mars(listening.getLocalPort(), "mars");
      ExternalServer plain =
          new ExternalServer(
              Store.MARS, mars.url() + ";encrypt=false", "", "hush", DatabaseTls.VERIFY);
      assertThat(words(plain, new SQLException("did not return a response.", "08S01")))
          .contains("ended the connection before the login (did not return a response.)")
          .contains("check MARS_USERNAME and MARS_PASSWORD")
          .doesNotContain("secure", "hush");
    }
  }
}
