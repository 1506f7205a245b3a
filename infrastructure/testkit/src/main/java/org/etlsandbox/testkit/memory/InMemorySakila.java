package org.etlsandbox.testkit.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.source.ChangeKey;
import org.etlsandbox.source.Source;
import org.etlsandbox.source.SourceTable;
import org.etlsandbox.testkit.sakila.SakilaRow;
import org.etlsandbox.testkit.sakila.SakilaWriter;
import org.etlsandbox.testkit.sakila.TestSakila;
import org.jspecify.annotations.Nullable;

/**
 * Sakila's seven tables in memory: the database behind {@link InMemorySource}.
 *
 * <p>Its clock stands still until {@link #letPass}. Open transactions are invisible to everyone
 * until they commit, and hold the settled moment at the time of their first write. Can be told to
 * fail. Thread-safe.
 */
public final class InMemorySakila implements SakilaWriter, TestSakila {
  private final String identity = UUID.randomUUID().toString();
  private final boolean indexed;
  private final Map<SourceTable, NavigableMap<ChangeKey, SakilaRow>> tables =
      new EnumMap<>(SourceTable.class);

  /** Tables that a snapshot looks at: copied before the next write. */
  private final Set<SourceTable> shared = EnumSet.noneOf(SourceTable.class);

  private final Set<String> missing = new TreeSet<>();
  private final List<Transaction> open = new ArrayList<>();
  private Instant clock = Instant.parse("2026-01-01T00:00:00Z");
  private @Nullable StoreException failure;

  /**
   * @param indexed whether the tables have an index on last_update
   */
  public InMemorySakila(boolean indexed) {
    this.indexed = indexed;
    for (SourceTable table : SourceTable.values()) {
      tables.put(table, new TreeMap<>());
    }
  }

  @Override
  public String engine() {
    return "in-memory";
  }

  @Override
  public Source open() {
    return new InMemorySource(this);
  }

  @Override
  public SakilaWriter writer() {
    return this;
  }

  @Override
  public void close() {}

  /** From now on every call of a source on it fails like this; null = works again. */
  public synchronized void failWith(@Nullable StoreException next) {
    failure = next;
  }

  synchronized void check() {
    if (failure != null) {
      throw new StoreException(failure.kind(), String.valueOf(failure.getMessage()), failure);
    }
  }

  String identity() {
    return identity;
  }

  boolean indexed() {
    return indexed;
  }

  synchronized Set<String> missing() {
    return Set.copyOf(missing);
  }

  synchronized InMemoryTables committed() {
    shared.addAll(EnumSet.allOf(SourceTable.class));
    Map<SourceTable, NavigableMap<ChangeKey, SakilaRow>> view = new EnumMap<>(SourceTable.class);
    tables.forEach((table, rows) -> view.put(table, Collections.unmodifiableNavigableMap(rows)));
    return new InMemoryTables(view);
  }

  /** When each open transaction that has written wrote first, oldest first. */
  synchronized List<Instant> firstWritesOfOpen() {
    return open.stream()
        .map(transaction -> transaction.firstWrite)
        .filter(moment -> moment != null)
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  @Override
  public synchronized void put(SakilaRow... rows) {
    for (SakilaRow row : rows) {
      writable(row.table()).put(row.key(), row);
    }
  }

  @Override
  public synchronized void delete(SourceTable table, ChangeKey key) {
    writable(table).remove(key);
  }

  private NavigableMap<ChangeKey, SakilaRow> writable(SourceTable table) {
    NavigableMap<ChangeKey, SakilaRow> rows = rows(table);
    if (shared.remove(table)) {
      rows = new TreeMap<>(rows);
      tables.put(table, rows);
    }
    return rows;
  }

  private NavigableMap<ChangeKey, SakilaRow> rows(SourceTable table) {
    NavigableMap<ChangeKey, SakilaRow> rows = tables.get(table);
    if (rows == null) {
      throw new IllegalStateException("No table " + table);
    }
    return rows;
  }

  @Override
  public synchronized SakilaTransaction begin() {
    Transaction transaction = new Transaction();
    open.add(transaction);
    return transaction;
  }

  @Override
  public synchronized Instant now() {
    return clock.truncatedTo(ChronoUnit.SECONDS);
  }

  @Override
  public synchronized void letPass(Duration time) {
    clock = clock.plus(time);
  }

  @Override
  public synchronized void dropTable(SourceTable table) {
    missing.add("table " + table.tableName());
  }

  @Override
  public synchronized void dropColumn(SourceTable table, String column) {
    missing.add("column " + table.tableName() + "." + column);
  }

  /** Table by table as the definition says, so that it can judge the faster way of a snapshot. */
  @Override
  public synchronized List<CustomerOrderFlat> join() {
    List<CustomerOrderFlat> flats = new ArrayList<>();
    for (SakilaRow.Payment payment : all(SourceTable.PAYMENT, SakilaRow.Payment.class)) {
      for (SakilaRow.Rental rental : all(SourceTable.RENTAL, SakilaRow.Rental.class)) {
        if (payment.rentalId() != null
            && payment.rentalId() == rental.rentalId()
            && rental.rentalDate() != null) {
          addFlats(flats, rental, payment);
        }
      }
    }
    flats.sort(Comparator.comparing(CustomerOrderFlat::key));
    return flats;
  }

  private void addFlats(
      List<CustomerOrderFlat> flats, SakilaRow.Rental rental, SakilaRow.Payment payment) {
    for (SakilaRow.Customer customer : all(SourceTable.CUSTOMER, SakilaRow.Customer.class)) {
      for (SakilaRow.Inventory copy : all(SourceTable.INVENTORY, SakilaRow.Inventory.class)) {
        for (SakilaRow.Film film : all(SourceTable.FILM, SakilaRow.Film.class)) {
          for (SakilaRow.FilmCategory in :
              all(SourceTable.FILM_CATEGORY, SakilaRow.FilmCategory.class)) {
            for (SakilaRow.Category category :
                all(SourceTable.CATEGORY, SakilaRow.Category.class)) {
              if (customer.customerId() == rental.customerId()
                  && copy.inventoryId() == rental.inventoryId()
                  && film.filmId() == copy.filmId()
                  && in.filmId() == film.filmId()
                  && category.categoryId() == in.categoryId()) {
                flats.add(InMemoryTables.flat(rental, payment, customer, film, category));
              }
            }
          }
        }
      }
    }
  }

  private <T extends SakilaRow> Collection<T> all(SourceTable table, Class<T> type) {
    return rows(table).values().stream().map(type::cast).toList();
  }

  private final class Transaction implements SakilaTransaction {
    private final List<SakilaRow> written = new ArrayList<>();
    private @Nullable Instant firstWrite;

    @Override
    public void put(SakilaRow... rows) {
      synchronized (InMemorySakila.this) {
        if (firstWrite == null) {
          firstWrite = now();
        }
        written.addAll(List.of(rows));
      }
    }

    @Override
    public void commit() {
      synchronized (InMemorySakila.this) {
        if (open.remove(this)) {
          InMemorySakila.this.put(written.toArray(SakilaRow[]::new));
        }
      }
    }

    @Override
    public void rollback() {
      synchronized (InMemorySakila.this) {
        open.remove(this);
      }
    }
  }
}
