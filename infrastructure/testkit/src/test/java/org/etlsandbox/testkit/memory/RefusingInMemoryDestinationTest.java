package org.etlsandbox.testkit.memory;

import java.time.LocalDateTime;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.testkit.DestinationContract;
import org.etlsandbox.testkit.Differences;
import org.etlsandbox.testkit.TestStore;

/** The declared differences, before an engine has them. */
class RefusingInMemoryDestinationTest extends DestinationContract {
  private static final LocalDateTime EARLIEST = LocalDateTime.of(1900, 1, 1, 0, 0, 0);

  @Override
  protected TestStore emptyStore() {
    return new InMemoryStore(RefusingInMemoryDestinationTest::refused);
  }

  @Override
  public Differences differences() {
    return Differences.NONE.refusingNul().datesBetween(EARLIEST, Differences.NONE.latest());
  }

  private static boolean refused(FlatRow row) {
    return (row.customerName() + row.filmTitle() + row.category()).contains("\0")
        || row.rentalDate().isBefore(EARLIEST)
        || (row.returnDate() != null && row.returnDate().isBefore(EARLIEST));
  }
}
