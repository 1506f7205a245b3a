package org.etlsandbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.destination.RefreshResult;
import org.etlsandbox.destination.StoredFlat;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope;

/** The words in which the rules of the destination contract are written. */
interface DestinationRules {
  RefreshScope.Range EVERYTHING = new RefreshScope.Range(0, HostileFlats.MAX_ID);

  /** The destination under test: prepared, empty, epoch 1 admitted. */
  Destination destination();

  TestStore store();

  Differences differences();

  default RefreshResult refresh(RefreshScope scope, long rowVersion, CustomerOrderFlat... rows) {
    return refresh(scope, rowVersion, Arrays.asList(rows));
  }

  default RefreshResult refresh(RefreshScope scope, long rowVersion, List<CustomerOrderFlat> rows) {
    return destination().refresh(scope, FlatStream.of(rows), rowVersion, TestLease.held(1));
  }

  default List<StoredFlat> stored() {
    return destination().stored(EVERYTHING);
  }

  default List<CustomerOrderFlat> live() {
    return stored().stream().filter(row -> !row.deleted()).map(StoredFlat::flat).toList();
  }

  static RefreshResult result(long inserted, long updated, long tombstoned, long unchanged) {
    return new RefreshResult(
        inserted + updated + unchanged, inserted, updated, tombstoned, unchanged);
  }

  static void assertFails(StoreException.Kind kind, ThrowingCallable call) {
    StoreException failure = catchThrowableOfType(StoreException.class, call);
    assertThat(failure).as("a StoreException of kind %s", kind).isNotNull();
    assertThat(failure.kind()).as("kind of: %s", failure.getMessage()).isEqualTo(kind);
    assertThat(failure.getMessage()).as("the message says what happened").isNotBlank();
  }
}
