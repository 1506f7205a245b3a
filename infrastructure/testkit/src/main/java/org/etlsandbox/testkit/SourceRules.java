package org.etlsandbox.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.source.SettleOptions;
import org.etlsandbox.source.Source;
import org.etlsandbox.source.SourceSnapshot;
import org.etlsandbox.testkit.sakila.SakilaWriter;
import org.etlsandbox.testkit.sakila.TestSakila;

/** The words in which the rules of the source contract are written. */
interface SourceRules {
  RefreshScope.Range EVERYTHING = new RefreshScope.Range(0, 4_294_967_295L);

  SettleOptions OBSERVING = new SettleOptions(Duration.ofSeconds(5), false, Duration.ofHours(1));

  /** The source under test, on a Sakila with indexes. */
  Source source();

  SakilaWriter writer();

  /** A second Sakila, empty, to be closed by the test. */
  TestSakila anotherSakila(boolean indexed);

  default List<CustomerOrderFlat> flats(RefreshScope scope) {
    try (SourceSnapshot snapshot = source().snapshot()) {
      return flats(snapshot, scope);
    }
  }

  static List<CustomerOrderFlat> flats(SourceSnapshot snapshot, RefreshScope scope) {
    List<CustomerOrderFlat> flats = new ArrayList<>();
    try (FlatStream stream = snapshot.flats(scope)) {
      for (FlatRow row = stream.next(); row != null; row = stream.next()) {
        flats.add(CustomerOrderFlat.copyOf(row));
      }
    }
    return flats;
  }
}
