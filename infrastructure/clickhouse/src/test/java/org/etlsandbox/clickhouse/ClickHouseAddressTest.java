package org.etlsandbox.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.connection.DatabaseTls;
import org.etlsandbox.failure.StoreException;
import org.junit.jupiter.api.Test;

class ClickHouseAddressTest {

  @Test
  void readsTheFormsOfTheUrl() {
    assertThat(of("jdbc:clickhouse://h:9/d?compress=false", "u", "p"))
        .isEqualTo(new ClickHouseAddress("http://h:9", "d", "u", "p", Map.of("compress", "false")));
    assertThat(of("jdbc:ch:https://h/d", "u", "p").endpoint()).isEqualTo("https://h:8443");
    assertThat(of("jdbc:ch://h/d?ssl=true", "u", "p").endpoint()).isEqualTo("https://h:8443");
    assertThat(of("jdbc:ch://h/proxy/d", "u", "p").endpoint()).isEqualTo("http://h:8123/proxy");
    assertThat(of("jdbc:ch://h", "", ""))
        .isEqualTo(new ClickHouseAddress("http://h:8123", "default", "default", "", Map.of()));
    assertThat(of("jdbc:ch://[::1]:9/d", "u", "p").endpoint()).isEqualTo("http://[::1]:9");
  }

  @Test
  void takesTheCredentialsOfTheUrlWhereNoOthersAreGiven() {
    ClickHouseAddress address = of("jdbc:ch://h/d?user=me&password=a%26b", "", "");
    assertThat(address.username()).isEqualTo("me");
    assertThat(address.password()).isEqualTo("a&b");
    assertThat(address.options()).isEmpty();
    assertThat(address.toString()).doesNotContain("a&b");
  }

  @Test
  void saysWhatIsWrongWithoutThePassword() {
    assertThatThrownBy(() -> of("jdbc:ch://:8123 /d?password=secret", "", ""))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("jdbc:clickhouse://host:8123/database")
        .hasMessageNotContaining("secret");
  }

  private static ClickHouseAddress of(String url, String username, String password) {
    return ClickHouseAddress.of(
        new ConnectionSettings("venus", url, username, password, 1).with(DatabaseTls.OFF));
  }
}
