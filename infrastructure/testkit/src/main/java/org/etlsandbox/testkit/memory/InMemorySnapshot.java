package org.etlsandbox.testkit.memory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.etlsandbox.flat.FlatKey;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.source.Change;
import org.etlsandbox.source.ChangeKey;
import org.etlsandbox.source.ChangePage;
import org.etlsandbox.source.ChangePosition;
import org.etlsandbox.source.RowDigest;
import org.etlsandbox.source.SourceSnapshot;
import org.etlsandbox.source.SourceTable;
import org.etlsandbox.testkit.sakila.SakilaRow;
import org.jspecify.annotations.Nullable;

/** A view of the tables as they were when it was opened. */
final class InMemorySnapshot implements SourceSnapshot {
  private static final Comparator<Change> BY_TIME =
      Comparator.comparing(Change::lastUpdate).thenComparing(Change::key);
  private static final Comparator<Change> BY_KEY = Comparator.comparing(Change::key);

  private final InMemorySakila sakila;
  private final InMemoryTables tables;

  InMemorySnapshot(InMemorySakila sakila, InMemoryTables tables) {
    this.sakila = sakila;
    this.tables = tables;
  }

  @Override
  public long maxRentalId() {
    sakila.check();
    var rentals = tables.rows(SourceTable.RENTAL);
    return rentals.isEmpty() ? 0 : rentals.lastKey().first();
  }

  @Override
  public long rangeEnd(long after, int rentals) {
    sakila.check();
    return tables.rows(SourceTable.RENTAL).tailMap(new ChangeKey(after), false).keySet().stream()
        .limit(rentals)
        .mapToLong(ChangeKey::first)
        .max()
        .orElse(0);
  }

  @Override
  public FlatStream flats(RefreshScope scope) {
    sakila.check();
    return FlatStream.of(tables.flats(scope));
  }

  @Override
  public List<FlatKey> keys(RefreshScope.Range range) {
    sakila.check();
    return tables.flats(range).stream()
        .map(row -> new FlatKey(row.rentalId(), row.paymentId(), row.categoryId()))
        .toList();
  }

  @Override
  public ChangePage changes(SourceTable table, ChangePosition position, int limit) {
    sakila.check();
    Comparator<Change> order = sakila.indexed() ? BY_TIME : BY_KEY;
    Change last = lastRead(position);
    List<Change> following =
        tables.rows(table).values().stream()
            .flatMap(row -> change(row, position.since()))
            .filter(change -> last == null || order.compare(change, last) > 0)
            .sorted(order)
            .limit(limit + 1L)
            .toList();
    if (following.size() <= limit) {
      return new ChangePage(following, null);
    }
    List<Change> page = following.subList(0, limit);
    Change end = page.getLast();
    return new ChangePage(page, new ChangePosition(position.since(), end.lastUpdate(), end.key()));
  }

  private static @Nullable Change lastRead(ChangePosition position) {
    Instant lastUpdate = position.lastUpdate();
    ChangeKey key = position.key();
    return lastUpdate == null || key == null
        ? null
        : new Change(key, lastUpdate, new RowDigest(0, 0));
  }

  private static Stream<Change> change(SakilaRow row, Instant since) {
    Instant lastUpdate = row.lastUpdate();
    return lastUpdate == null || lastUpdate.isBefore(since)
        ? Stream.empty()
        : Stream.of(new Change(row.key(), lastUpdate, digest(row)));
  }

  private static RowDigest digest(SakilaRow row) {
    SakilaRow withoutTime =
        switch (row) {
          case SakilaRow.Rental r ->
              new SakilaRow.Rental(
                  r.rentalId(),
                  r.rentalDate(),
                  r.inventoryId(),
                  r.customerId(),
                  r.returnDate(),
                  Instant.EPOCH);
          case SakilaRow.Payment p ->
              new SakilaRow.Payment(p.paymentId(), p.rentalId(), p.amountCents(), null);
          case SakilaRow.Customer c ->
              // Lengths keep 'AB' + 'C' apart from 'A' + 'BC'
              new SakilaRow.Customer(
                  c.customerId(), c.firstName().length() + c.firstName(), c.lastName(), null);
          case SakilaRow.Inventory i ->
              new SakilaRow.Inventory(i.inventoryId(), i.filmId(), Instant.EPOCH);
          case SakilaRow.Film f -> new SakilaRow.Film(f.filmId(), f.title(), Instant.EPOCH);
          case SakilaRow.FilmCategory fc ->
              new SakilaRow.FilmCategory(fc.filmId(), fc.categoryId(), Instant.EPOCH);
          case SakilaRow.Category c ->
              new SakilaRow.Category(c.categoryId(), c.name(), Instant.EPOCH);
        };
    try {
      ByteBuffer md5 =
          ByteBuffer.wrap(
              MessageDigest.getInstance("MD5")
                  .digest(withoutTime.toString().getBytes(StandardCharsets.UTF_8)));
      return new RowDigest(md5.getLong(), md5.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has MD5", e);
    }
  }

  @Override
  public long[] rentalsOf(SourceTable table, List<ChangeKey> keys, long after, int limit) {
    sakila.check();
    return keys.stream()
        .flatMapToLong(key -> tables.rentalsOf(table, key))
        .filter(rental -> rental > after)
        .sorted()
        .distinct()
        .limit(limit)
        .toArray();
  }

  @Override
  public void close() {}
}
