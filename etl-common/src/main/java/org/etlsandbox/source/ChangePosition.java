package org.etlsandbox.source;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where the reading of a table's changes stands.
 *
 * @param since rows with {@code last_update} at or after this moment (whole seconds, Jupiter's
 *     clock) count as changed
 * @param lastUpdate {@code last_update} of the last row read, null before the first page
 * @param key key of the last row read, null before the first page
 */
public record ChangePosition(Instant since, @Nullable Instant lastUpdate, @Nullable ChangeKey key) {

  public static ChangePosition startingAt(Instant since) {
    return new ChangePosition(since, null, null);
  }
}
