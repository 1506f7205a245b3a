package org.etlsandbox.betaapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.Test;

class PostgreSqlQueryTest extends QueryContract {

  PostgreSqlQueryTest() {
    super(TestEngines.postgreSql(), TestDestination.schema());
  }

  @Test
  void destinationCannotBeWrittenThroughThePool() throws SQLException {
    try (Connection connection = api().context.getBean(DataSource.class).getConnection();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("DELETE FROM customer_order_flat"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25006"));
    }
  }
}
