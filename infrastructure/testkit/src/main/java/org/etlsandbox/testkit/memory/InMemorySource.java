package org.etlsandbox.testkit.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.source.ChangePosition;
import org.etlsandbox.source.SettleOptions;
import org.etlsandbox.source.Settled;
import org.etlsandbox.source.SettledClock;
import org.etlsandbox.source.Source;
import org.etlsandbox.source.SourceDescription;
import org.etlsandbox.source.SourceSnapshot;
import org.etlsandbox.source.SourceTable;
import org.jspecify.annotations.Nullable;

/** The reference source: what the contract means, over an {@link InMemorySakila}. */
public final class InMemorySource implements Source {
  private final InMemorySakila sakila;

  public InMemorySource(InMemorySakila sakila) {
    this.sakila = sakila;
  }

  @Override
  public SourceDescription describe(SettleOptions options) {
    sakila.check();
    if (!sakila.missing().isEmpty()) {
      throw new StoreException(
          Kind.PERMANENT, "in-memory lacks %s: add it again".formatted(sakila.missing()));
    }
    Set<SourceTable> all = Set.of(SourceTable.values());
    return new SourceDescription(
        "in-memory",
        sakila.identity(),
        sakila.indexed() ? all : Set.of(),
        !options.commitLagForced(),
        sakila.indexed()
            ? List.of()
            : Arrays.stream(SourceTable.values())
                .map(table ->
                    "CREATE INDEX idx_last_update ON %s (last_update)".formatted(table.tableName()))
                .toList());
  }

  @Override
  public void check() {
    sakila.check();
  }

  @Override
  public SettledClock settledClock(SettleOptions options) {
    return () -> settle(options);
  }

  private Settled settle(SettleOptions options) {
    sakila.check();
    Instant now = sakila.now();
    if (options.commitLagForced()) {
      return new Settled(now, now.minus(options.commitLag()), Duration.ZERO, null);
    }
    @Nullable Instant oldest =
        sakila.firstWritesOfOpen().stream()
            .filter(moment -> !moment.isBefore(now.minus(options.maxHold())))
            .findFirst()
            .orElse(null);
    Instant latest = now.minusSeconds(1);
    if (oldest == null || oldest.isAfter(latest)) {
      return new Settled(now, latest, Duration.ZERO, null);
    }
    return new Settled(
        now, oldest, Duration.between(oldest, now), "a transaction open since " + oldest);
  }

  @Override
  public Set<SourceTable> changedSince(Map<SourceTable, Instant> since) {
    if (!sakila.indexed()) {
      return Set.copyOf(since.keySet());
    }
    try (SourceSnapshot snapshot = snapshot()) {
      return since.entrySet().stream()
          .filter(table ->
              !snapshot
                  .changes(table.getKey(), ChangePosition.startingAt(table.getValue()), 1)
                  .changes()
                  .isEmpty())
          .map(Map.Entry::getKey)
          .collect(Collectors.toSet());
    }
  }

  @Override
  public SourceSnapshot snapshot() {
    sakila.check();
    return new InMemorySnapshot(sakila, sakila.committed());
  }

  @Override
  public void close() {}
}
