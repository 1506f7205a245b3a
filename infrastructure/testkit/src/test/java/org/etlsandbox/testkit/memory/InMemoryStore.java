package org.etlsandbox.testkit.memory;

import java.util.OptionalInt;
import java.util.function.Predicate;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.testkit.TestStore;

/** A store in this JVM's memory. */
final class InMemoryStore implements TestStore {
  private final InMemoryDestination contents = new InMemoryDestination();
  private final Predicate<FlatRow> refused;

  InMemoryStore(Predicate<FlatRow> refused) {
    this.refused = refused;
  }

  @Override
  public String engine() {
    return "in-memory";
  }

  @Override
  public Destination open() {
    InMemoryDestination opened = contents.reopen();
    opened.refuse(refused);
    return opened;
  }

  @Override
  public OptionalInt sessions() {
    return OptionalInt.empty();
  }

  @Override
  public void close() {
    contents.close();
  }
}
