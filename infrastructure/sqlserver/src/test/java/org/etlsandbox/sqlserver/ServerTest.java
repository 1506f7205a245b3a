package org.etlsandbox.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** https://learn.microsoft.com/sql/t-sql/functions/serverproperty-transact-sql */
class ServerTest {

  @ParameterizedTest
  @CsvSource({
    "15.0.4430.1, 3,, SQL Server 15.0.4430.1, true", // 2019 Enterprise, Developer
    "16.0.4205.1, 2,, SQL Server 16.0.4205.1, true", // 2022 Standard
    "17.0.1000.7, 4,, SQL Server 17.0.1000.7, true", // 2025 Express
    "12.0.2000.8, 5,, Azure SQL Database 12.0.2000.8, true",
    "12.0.2000.8, 8,, Azure SQL Managed Instance 12.0.2000.8, true",
    "12.0.2000.8, 5, 4.3.0, Babelfish 4.3.0 (not SQL Server), false",
  })
  void aServerIsCalledWhatItIs(
      String version, int edition, String babelfish, String name, boolean isSqlServer) {
    assertThat(Server.of(version, edition, babelfish)).isEqualTo(new Server(name, isSqlServer));
  }

  @Test
  void oneThatWasNotAskedYetIsTrustedWithNothing() {
    assertThat(Server.UNKNOWN.isSqlServer()).isFalse();
  }
}
