package org.etlsandbox.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope.Range;
import org.etlsandbox.testkit.SampleFlat;
import org.etlsandbox.testkit.TestLease;
import org.etlsandbox.testkit.engine.EngineReport;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** A load goes without the index on payment_id; following never does. */
class PaymentIndexTest {

  @Test
  void comesWhenTheLoadHasEndedAndStays(TestReporter reporter) throws SQLException {
    try (TestDatabase database = TestEngines.postgreSql().newDatabase();
        Destination destination = new PostgreSqlDestination(database.settings())) {
      reporter.publishEntry(EngineReport.ENGINE_ENTRY, database.engine());
      destination.prepare();
      assertThat(isThere(database)).isFalse();
      destination.completeLoad();
      assertThat(isThere(database)).isTrue();

      destination.raiseFence(1);
      destination.refresh(
          new Range(0, 1), FlatStream.of(List.of(SampleFlat.row(1, 10, 1))), 1, TestLease.held(1));
      // As it was made before there was a second version of the schema
      database.execute("DELETE FROM etl_schema_history WHERE version = '2'");
      destination.prepare();
      assertThat(isThere(database)).as("in a table that is loaded").isTrue();
    }
  }

  private static boolean isThere(TestDatabase database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT to_regclass('customer_order_flat_payment') IS NOT NULL")) {
      row.next();
      return row.getBoolean(1);
    }
  }
}
