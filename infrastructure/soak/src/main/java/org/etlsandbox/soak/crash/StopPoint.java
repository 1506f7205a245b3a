package org.etlsandbox.soak.crash;

import static org.etlsandbox.boundary.Boundary.*;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.etlsandbox.boundary.Boundary;

/** A boundary in one phase. */
record StopPoint(Phase phase, Boundary boundary) {

  private static final Set<Boundary> REFRESH =
      EnumSet.of(
          RUN_BEGUN,
          VERSION_DRAWN,
          SNAPSHOT_OPENED,
          FLATS_ASKED,
          FLATS_READ,
          STORED_READ,
          WRITE_ADMITTED,
          STAGING_WRITTEN,
          TOMBSTONES_WRITTEN,
          TABLE_CHANGED,
          LEASE_CONFIRMED,
          COMMITTED,
          CHUNK_COMMITTED,
          QUARANTINE_WRITTEN,
          QUARANTINE_RECORDED,
          LEDGER_WRITTEN,
          LEDGER_RECORDED,
          RUN_FINISHED);

  private static final Map<Phase, Set<Boundary>> OF_PHASE = new EnumMap<>(Phase.class);

  static {
    OF_PHASE.put(
        Phase.START, EnumSet.of(LEASE_ACQUIRED, EPOCH_DRAWN, FENCE_RAISED, VERSIONS_RAISED));
    OF_PHASE.put(
        Phase.LOAD,
        with(LOAD_BEGUN, SETTLED, LOAD_RECORDED, LOAD_PLANNED, LOAD_RANGE_WRITTEN, LOAD_FINISHED));
    OF_PHASE.put(
        Phase.POLL,
        with(
            POLL_BEGUN,
            SETTLED,
            CHANGES_READ,
            RENTALS_FOUND,
            POLL_REFRESHED,
            CHECKPOINT_WRITTEN,
            CHECKPOINT_ADVANCED));
    OF_PHASE.put(Phase.SWEEP, with(SWEEP_BEGUN, SOURCE_KEYS_READ, SWEEP_COMPARED, SWEEP_ENDED));
  }

  private static Set<Boundary> with(Boundary... more) {
    Set<Boundary> all = EnumSet.copyOf(REFRESH);
    all.addAll(List.of(more));
    return all;
  }

  /** Every one that a worker of this destination has. */
  static List<StopPoint> of(Target target) {
    List<StopPoint> points = new ArrayList<>();
    OF_PHASE.forEach((phase, boundaries) -> {
      for (Boundary boundary : boundaries) {
        if (!notThere(target, phase).contains(boundary)) {
          points.add(new StopPoint(phase, boundary));
        }
      }
    });
    return points;
  }

  private static Set<Boundary> notThere(Target target, Phase phase) {
    if (target == Target.CLICKHOUSE) {
      // One INSERT is all there is to a write
      return EnumSet.of(STAGING_WRITTEN, TOMBSTONES_WRITTEN, TABLE_CHANGED, LEASE_CONFIRMED);
    }
    return phase == Phase.LOAD
        // A range that the table does not know goes straight into it
        ? EnumSet.of(STORED_READ, STAGING_WRITTEN, TOMBSTONES_WRITTEN)
        : EnumSet.of(STORED_READ);
  }

  /** Of {@code poll:committed}. */
  static StopPoint parse(String text) {
    String[] parts = text.toUpperCase(Locale.ROOT).replace('-', '_').split(":", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException(
          "'%s' is not of the form phase:boundary, e.g. poll:committed".formatted(text));
    }
    return new StopPoint(Phase.valueOf(parts[0]), Boundary.valueOf(parts[1]));
  }

  @Override
  public String toString() {
    return (phase + ":" + boundary).toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
