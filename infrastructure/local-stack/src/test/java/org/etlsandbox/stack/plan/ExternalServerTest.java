package org.etlsandbox.stack.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ExternalServerTest {

  @Test
  void theEnvironmentNamesServers() {
    Map<Store, ExternalServer> servers =
        ExternalServer.from(
            Map.of(
                "NEPTUNE_URL", " jdbc:postgresql://db:5432/neptune ",
                "NEPTUNE_USERNAME", "writer",
                "NEPTUNE_PASSWORD", "s3cret",
                "MARS_URL", "",
                "VENUS_PASSWORD", "of no use alone"));
    assertThat(servers).containsOnlyKeys(Store.NEPTUNE);
    assertThat(servers.get(Store.NEPTUNE).url()).isEqualTo("jdbc:postgresql://db:5432/neptune");
    assertThat(servers.get(Store.NEPTUNE).username()).isEqualTo("writer");
  }

  @Test
  void sqlServerIsNotThereYet() {
    assertThatExceptionOfType(StackFailure.class)
        .isThrownBy(
            () -> ExternalServer.from(Map.of("MARS_URL", "jdbc:sqlserver://db;password=hush")))
        .withMessageContaining("the SQL Server adapter is not in this version yet")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hush"))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(StackFailure.USAGE));
  }

  @Test
  void anyOtherPrefixIsRefusedWithThoseThatThereAre() {
    assertThatExceptionOfType(StackFailure.class)
        .isThrownBy(() -> ExternalServer.from(Map.of("JUPITER_URL", "jdbc:oracle:thin:@db")))
        .withMessageContaining("JUPITER_URL is 'jdbc:oracle:thin:@db'")
        .withMessageContaining("jdbc:mysql:");
    assertThatExceptionOfType(StackFailure.class)
        .isThrownBy(() -> ExternalServer.from(Map.of("CONTROL_URL", "jdbc:clickhouse://db/x")))
        .withMessageContaining("jdbc:postgresql:");
  }

  @Test
  void isNeverShownWithItsPassword() {
    ExternalServer server =
        ExternalServer.from(
                Map.of("CONTROL_URL", "jdbc:postgresql://db/control?user=me&password=hush"))
            .get(Store.CONTROL);
    assertThat(server).asString().isEqualTo("control at jdbc:postgresql://db/control");
  }
}
