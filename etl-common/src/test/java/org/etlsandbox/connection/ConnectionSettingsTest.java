package org.etlsandbox.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "jdbc:mysql://db:3306/sakila, jdbc:mysql://db:3306/sakila",
    "jdbc:mysql://bob:s3cret@db:3306/sakila, jdbc:mysql://db:3306/sakila",
    "jdbc:postgresql://db/x?user=bob&password=s3cret&ssl=true, jdbc:postgresql://db/x",
    "jdbc:mysql://bob:s3cret;s3cret@s3cret@db:3306/sakila, jdbc:mysql://db:3306/sakila",
    "jdbc:sqlserver://db:1433;databaseName=mars;user=bob;Password=s3cret, jdbc:sqlserver://db:1433;databaseName=mars",
    "jdbc:sqlserver://db\\in;Database=mars;password={s3cret;x=s3cret};encrypt=true, jdbc:sqlserver://db\\in;databaseName=mars",
    "jdbc:sqlserver://db;password={a}}s3cret;databaseName=s3cret};database=mars, jdbc:sqlserver://db;databaseName=mars",
    "jdbc:sqlserver://db;password={s3cret;databaseName=s3cret, jdbc:sqlserver://db",
    "jdbc:sqlserver://db;password=s3c?s3cret@s3cret/s3cret;databaseName=mars, jdbc:sqlserver://db;databaseName=mars",
    "jdbc:sqlserver://db;clientKeyPassword=s3cret;trustStorePassword=s3cret;accessToken=s3cret, jdbc:sqlserver://db",
    "jdbc:clickhouse://db:8123/etl?access_token=s3cret, jdbc:clickhouse://db:8123/etl"
  })
  void noMessageShowsACredential(String url, String safe) {
    ConnectionSettings settings = new ConnectionSettings("mars", url, "bob", "s3cret", 1);
    assertThat(settings.safeUrl()).isEqualTo(safe);
    assertThat(settings).hasToString("mars at " + safe).asString().doesNotContain("s3cret");
  }

  @Test
  void aPoolWithoutConnectionsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConnectionSettings("mars", "jdbc:postgresql://db/x", "", "", 0))
        .withMessage("mars: max-connections must be at least 1, got 0");
  }
}
