package org.etlsandbox.refresh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.etlsandbox.boundary.Boundary;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.flat.FlatStream;
import org.jspecify.annotations.Nullable;

/**
 * Lets through whole rentals only: where one row of a rental is defective, or the destination
 * cannot hold it exactly, all its rows stay out. Looks ahead by one rental.
 */
final class SoundRentals implements FlatStream {

  private final FlatStream rows;
  private final Function<FlatRow, @Nullable String> refusal;
  private final Map<Long, String> refused = new LinkedHashMap<>();
  private final List<HeldRow> rental = new ArrayList<>();
  private int held;
  private int position;
  private @Nullable FlatRow ahead;
  private boolean started;
  private long rentals;

  /**
   * @param refusal why the destination cannot hold a row, or null
   */
  SoundRentals(FlatStream rows, Function<FlatRow, @Nullable String> refusal) {
    this.rows = rows;
    this.refusal = refusal;
  }

  @Override
  public @Nullable FlatRow next() {
    if (!started) {
      started = true;
      ahead = rows.next();
    }
    while (position == held) {
      if (ahead == null) {
        Boundary.FLATS_READ.reached();
        return null;
      }
      readRental(ahead.rentalId());
    }
    return rental.get(position++);
  }

  private void readRental(long rentalId) {
    held = 0;
    position = 0;
    rentals++;
    String reason = null;
    FlatRow row = ahead;
    while (row != null && row.rentalId() == rentalId) {
      if (reason == null) {
        String defect = row.defect();
        reason = defect != null ? defect : refusal.apply(row);
        if (reason == null) {
          hold(row);
        }
      }
      row = rows.next();
    }
    ahead = row;
    if (reason != null) {
      refused.put(rentalId, reason);
      held = 0;
    }
  }

  private void hold(FlatRow row) {
    if (held == rental.size()) {
      rental.add(new HeldRow());
    }
    rental.get(held++).hold(row);
  }

  Map<Long, String> refused() {
    return refused;
  }

  /** Rentals seen so far, refused ones included. */
  long rentals() {
    return rentals;
  }
}
