package org.etlsandbox.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.etlsandbox.connection.DatabaseTls.Mode;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseTlsTest {

  private static final DatabaseTls WITH_FILE = new DatabaseTls(Mode.VERIFY, "/ca.pem");

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://db/x?sslmode=disable, sslmode=disable",
    "jdbc:postgresql://db/x?a=b&sslmode=require, sslmode=require",
    "jdbc:postgresql://db/x?sslmode=verify-ca, sslmode=verify-ca",
    "jdbc:postgresql://db/x?ssl=false, ssl=false",
    "jdbc:postgresql://db/x?sslfactory=org.postgresql.ssl.NonValidatingFactory, sslfactory=org.postgresql.ssl.NonValidatingFactory",
    "jdbc:postgresql://db/x?sslhostnameverifier=com.example.Any, sslhostnameverifier=com.example.Any",
    "jdbc:sqlserver://db;encrypt=false;databaseName=x, encrypt=false",
    "jdbc:sqlserver://db;Encrypt={optional}, encrypt=optional",
    "jdbc:sqlserver://db;encrypt=true;trustServerCertificate=true, trustServerCertificate=true",
    "jdbc:clickhouse:http://db:8123/x, http:",
    "jdbc:ch:HTTP://db:8123/x, http:",
    "jdbc:clickhouse://db:8123/x?ssl=false, ssl=false",
    "jdbc:clickhouse://db:8443/x?ssl=true&sslmode=none, sslmode=none"
  })
  void aUrlThatAsksForLessIsRefused(String url, String weakness) {
    assertThat(DatabaseTls.weakness(url)).hasValue(weakness);
    ConnectionSettings settings = new ConnectionSettings("venus", url, "etl", "s3cret", 1);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(settings::tlsProperties)
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.PERMANENT))
        .withMessageStartingWith(settings + ": its URL says " + weakness + ", ")
        .withMessageContaining("etl.tls.databases=off");
    assertThat(settings.with(DatabaseTls.OFF).tlsProperties()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://db/x",
    "jdbc:postgresql://db/x?sslmode=verify-full&sslrootcert=/my.pem",
    "jdbc:postgresql://db/x?ssl=true",
    "jdbc:sqlserver://db;databaseName=x",
    "jdbc:sqlserver://db;encrypt=strict;trustServerCertificate=false",
    "jdbc:clickhouse://db/x",
    "jdbc:ch:https://db/x?ssl=true"
  })
  void aUrlThatIsSilentOrAsStrictIsTaken(String url) {
    assertThat(DatabaseTls.weakness(url)).isEmpty();
    assertThat(new ConnectionSettings("venus", url, "", "", 1).tlsProperties()).isNotEmpty();
  }

  @Test
  void theDriversAreToldToVerify() {
    assertThat(properties("jdbc:postgresql://db/x"))
        .isEqualTo(
            Map.of(
                "sslmode", "verify-full",
                "sslfactory", VerifyingSocketFactory.class.getName(),
                "sslfactoryarg", "/ca.pem"));
    assertThat(properties("jdbc:sqlserver://db;databaseName=x"))
        .isEqualTo(
            Map.of(
                "encrypt", "true",
                "trustServerCertificate", "false",
                "trustManagerClass", ServerTrust.class.getName(),
                "trustManagerConstructorArg", "/ca.pem"));
    assertThat(properties("jdbc:clickhouse://db/x"))
        .isEqualTo(Map.of("ssl", "true", "sslrootcert", "/ca.pem"));
  }

  @Test
  void trustThatTheUrlBringsIsLeftToTheDriver() {
    assertThat(properties("jdbc:postgresql://db/x?sslrootcert=/my.pem"))
        .isEqualTo(Map.of("sslmode", "verify-full"));
    assertThat(properties("jdbc:sqlserver://db;trustStore=my.p12;trustStorePassword=s3cret"))
        .isEqualTo(Map.of("encrypt", "true", "trustServerCertificate", "false"));
    assertThat(properties("jdbc:sqlserver://db;hostNameInCertificate=*.database.windows.net"))
        .isEqualTo(Map.of("encrypt", "true", "trustServerCertificate", "false"));
    assertThat(properties("jdbc:sqlserver://db;encrypt=strict"))
        .isEqualTo(Map.of("encrypt", "strict", "trustServerCertificate", "false"));
    assertThat(properties("jdbc:clickhouse://db/x?sslrootcert=/my.pem"))
        .isEqualTo(Map.of("ssl", "true"));
  }

  @Test
  void aDriverThatNobodyCanMakeVerifyIsRefused() {
    ConnectionSettings settings =
        new ConnectionSettings("mars", "jdbc:h2:tcp://db/x;PASSWORD=s3cret", "", "", 1);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(settings::tlsProperties)
        .withMessageContaining("mars at jdbc:h2:tcp://db/x: ")
        .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("s3cret"));
  }

  private static Map<String, String> properties(String url) {
    return new ConnectionSettings("mars", url, "", "", 1).with(WITH_FILE).tlsProperties();
  }
}
