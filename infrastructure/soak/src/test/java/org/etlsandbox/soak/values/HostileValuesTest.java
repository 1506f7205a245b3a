package org.etlsandbox.soak.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * Every hostile value reaches every destination exactly, or its rental is quarantined with a
 * reason; {@code docs/values.md} says which. {@code -Detl.docs=write} writes it.
 */
class HostileValuesTest {

  private static final Path DOC = Path.of("../../docs/values.md");
  private static final boolean WRITES = "write".equals(System.getProperty("etl.docs"));

  @Nested
  class OnMariaDb extends Values {
    OnMariaDb() {
      super(TestEngines.mariaDb(), "Europe/Berlin", "+05:45");
    }
  }

  @Nested
  class OnMySql extends Values {
    OnMySql() {
      super(TestEngines.mySql(), "America/New_York", "-07:00");
    }
  }

  @ExtendWith(OutputCaptureExtension.class)
  abstract static class Values {

    private final EngineUnderTest engine;
    private final String zoneOfWorkers;
    private final String zoneOfJupiter;
    private final List<Copy> copies = new ArrayList<>();
    private TestDatabase jupiter;

    Values(EngineUnderTest engine, String zoneOfWorkers, String zoneOfJupiter) {
      this.engine = engine;
      this.zoneOfWorkers = zoneOfWorkers;
      this.zoneOfJupiter = zoneOfJupiter;
    }

    @BeforeEach
    void create(TestReporter reporter) {
      jupiter = engine.newDatabase();
      reporter.publishEntry("engine", jupiter.engine());
      copies.addAll(Copy.intoAllThatRunHere());
    }

    @AfterEach
    void drop() {
      copies.forEach(Copy::close);
      if (jupiter != null) {
        jupiter.close();
      }
    }

    @Test
    void inSakilasColumnsByALoad(CapturedOutput output) throws Exception {
      HostileShop shop = new HostileShop(jupiter, false);
      shop.addHostileRentals();
      for (Copy copy : copies) {
        copy.start(jupiter);
      }
      measure(shop, output);
    }

    @Test
    void inWiderColumnsByPollsInOtherTimeZones(CapturedOutput output) throws Exception {
      HostileShop shop = new HostileShop(jupiter, true);
      TimeZone zone = TimeZone.getDefault();
      String global = globalZone();
      try {
        TimeZone.setDefault(TimeZone.getTimeZone(zoneOfWorkers));
        jupiter.execute("SET GLOBAL time_zone = '%s'".formatted(zoneOfJupiter));
        for (Copy copy : copies) {
          copy.setZone("Asia/Kathmandu");
          copy.start(jupiter);
          copy.awaitInStep();
          copy.awaitSwept();
        }
        shop.addHostileRentals();
        measure(shop, output);
      } finally {
        TimeZone.setDefault(zone);
        jupiter.execute("SET GLOBAL time_zone = '%s'".formatted(global));
      }
    }

    private void measure(HostileShop shop, CapturedOutput output) throws Exception {
      Map<String, List<String>> expected;
      try (Connection connection = jupiter.connect()) {
        expected = HeldRows.inJupiter(connection);
      }
      assertThat(expected).as("rentals in Jupiter").hasSize(shop.values().size());
      shop.values().forEach(value -> assertIsAsIntended(value, expected));

      ValuesDoc doc = ValuesDoc.read(DOC);
      List<String> wrong = new ArrayList<>();
      for (Copy copy : copies) {
        copy.awaitRentals(HostileShop.HARMLESS + expected.size());
        Map<HostileValue, String> outcomes = new LinkedHashMap<>();
        for (HostileValue value : shop.values()) {
          outcomes.put(value, copy.outcome(HostileShop.rentalOf(value), expected));
        }
        outcomes.forEach((value, outcome) -> {
          if (!outcome.equals("exact") && !outcome.startsWith("quarantined: ")) {
            wrong.add("%s, %s: %s".formatted(copy.product(), value.title(), outcome));
          }
          doc.put(value, copy.product(), outcome);
        });
        copy.assertTellsOfItsQuarantine(output::getAll);
        assertThat(copy.rentals())
            .as("rentals in %s", copy.product())
            .isSubsetOf(expected.keySet());
        doc.putEngine(copy.product(), copy.engine());
      }
      assertThat(wrong).as("values that were altered or lost").isEmpty();
      if (WRITES) {
        doc.putEngine(jupiter.engine().split(" ", 2)[0], jupiter.engine());
        doc.write();
      }
      ValuesDoc committed = ValuesDoc.read(DOC);
      assertThat(Files.readString(DOC))
          .as("docs/values.md is of today")
          .isEqualTo(committed.text());
      assertThat(doc.rows())
          .as("what was measured, and what docs/values.md says. Write it anew: -Detl.docs=write")
          .containsExactlyElementsOf(committed.rows());
    }

    /** The way into Jupiter has altered nothing either. */
    private static void assertIsAsIntended(
        HostileValue value, Map<String, List<String>> inJupiter) {
      List<String> rows = inJupiter.get(HostileShop.rentalOf(value));
      assertThat(rows).as(value.title()).hasSize(1);
      value
          .columns()
          .forEach((column, expression) -> {
            if (expression.startsWith("_utf8mb4 0x")) {
              assertThat(rows.getFirst())
                  .as(value.title())
                  .contains(expression.substring("_utf8mb4 0x".length()));
            } else if (expression.matches("'[0-9]{4}-.*'") && !column.endsWith("last_update")) {
              String moment = expression.replace("'", "").replace(' ', 'T');
              assertThat(rows.getFirst()).as(value.title()).contains(moment);
            } else if (expression.matches("-?[0-9]+") && !column.startsWith("inventory")) {
              assertThat(rows.getFirst().split(" ")).as(value.title()).contains(expression);
            }
          });
    }

    private String globalZone() throws SQLException {
      try (Connection connection = jupiter.connect();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT @@GLOBAL.time_zone")) {
        row.next();
        return row.getString(1);
      }
    }
  }
}
