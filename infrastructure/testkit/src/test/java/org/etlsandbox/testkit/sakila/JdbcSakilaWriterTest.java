package org.etlsandbox.testkit.sakila;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.source.ChangeKey;
import org.etlsandbox.source.ReadRate;
import org.etlsandbox.source.Source;
import org.etlsandbox.source.SourceProvider;
import org.etlsandbox.source.SourceTable;
import org.etlsandbox.testkit.engine.EngineReport;
import org.etlsandbox.testkit.engine.TestEngines;
import org.etlsandbox.testkit.memory.InMemorySakila;
import org.etlsandbox.testkit.sakila.SakilaWriter.SakilaTransaction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** A server's own join must be what the in-memory Sakila says it is. */
class JdbcSakilaWriterTest {
  private TestSakila sakila;
  private SakilaWriter writer;
  private final InMemorySakila memory = new InMemorySakila(true);

  @BeforeEach
  void create(TestReporter reporter) {
    sakila = TestEngines.mariaDb().emptySakila(new NoSource(), true);
    reporter.publishEntry(EngineReport.ENGINE_ENTRY, sakila.engine());
    writer = sakila.writer();
  }

  @AfterEach
  void drop() {
    if (sakila != null) {
      sakila.close();
    }
  }

  @Test
  void itsJoinIsTheReferences() {
    Instant at = writer.now();
    for (SakilaRow[] rows :
        new SakilaRow[][] {SampleSakila.shop(60, 1, at), SampleSakila.hostile(at)}) {
      writer.put(rows);
      memory.put(rows);
      assertThat(writer.join()).hasSizeGreaterThan(6).containsExactlyElementsOf(memory.join());
    }
    SakilaRow zeroDate = new SakilaRow.Rental(10, null, 1, 1, null, at);
    writer.put(zeroDate);
    memory.put(zeroDate);
    writer.delete(SourceTable.FILM_CATEGORY, new ChangeKey(1, 1));
    memory.delete(SourceTable.FILM_CATEGORY, new ChangeKey(1, 1));
    assertThat(writer.join()).containsExactlyElementsOf(memory.join());
  }

  @Test
  void aTransactionIsInvisibleUntilItsCommit() {
    Instant at = writer.now();
    writer.put(SampleSakila.one(at));
    try (SakilaTransaction transaction = writer.begin()) {
      transaction.put(new SakilaRow.Payment(2, 1L, 100, at));
      assertThat(writer.join()).hasSize(1);
      transaction.commit();
    }
    assertThat(writer.join()).hasSize(2);
    try (SakilaTransaction transaction = writer.begin()) {
      transaction.put(new SakilaRow.Payment(3, 1L, 100, at));
    }
    assertThat(writer.join()).as("rolled back by closing").hasSize(2);
  }

  @Test
  void itsClockIsInUtc() {
    Instant now = Instant.now();
    assertThat(writer.now()).isBetween(now.minusSeconds(2), now.plusSeconds(2));
  }

  @Test
  void tablesAndColumnsCanBeTakenAway() {
    writer.put(SampleSakila.one(writer.now()));
    writer.dropColumn(SourceTable.PAYMENT, "amount");
    writer.dropTable(SourceTable.FILM_CATEGORY);
    assertThatThrownBy(() -> writer.join()).isInstanceOf(IllegalStateException.class);
  }

  private static final class NoSource implements SourceProvider {
    @Override
    public String product() {
      return "none";
    }

    @Override
    public boolean accepts(String url) {
      return false;
    }

    @Override
    public Source open(ConnectionSettings settings, ReadRate rate) {
      throw new IllegalStateException("Only the writer is tested here");
    }
  }
}
