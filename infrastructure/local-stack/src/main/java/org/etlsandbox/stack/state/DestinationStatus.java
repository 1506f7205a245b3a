package org.etlsandbox.stack.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.etlsandbox.stack.plan.Store;
import org.jspecify.annotations.Nullable;

/**
 * What a worker says about its destination.
 *
 * @param rows without tombstones
 * @param inStep loaded, and the last completed poll began no longer ago than the poll interval and
 *     10 s
 * @param behindSeconds Jupiter's now − start of the last completed poll
 * @param heldBySeconds how long an open transaction has held the watermark
 * @param quarantined rentals in quarantine
 * @param state starting, waiting, loading, following, failing, stopped; here also down
 * @param error what is wrong, null if nothing is
 * @param loadedTo the rental id that the initial load has reached
 * @param refreshing rentals that the poll or the repair under way has refreshed so far
 * @param hints statements that would help
 */
public record DestinationStatus(
    String destination,
    @Nullable String engine,
    boolean standIn,
    @Nullable Long rows,
    boolean inStep,
    @Nullable Double behindSeconds,
    @Nullable Double heldBySeconds,
    @Nullable Long quarantined,
    String state,
    @Nullable String error,
    @Nullable Long loadedTo,
    @Nullable Long loadTo,
    @Nullable Double rowsPerSecond,
    @Nullable Long refreshing,
    @Nullable List<String> hints) {

  public static final String DOWN = "down";

  /** Its worker does not answer. */
  public static DestinationStatus down(Store store, String error) {
    return new DestinationStatus(
        store.key(),
        null,
        false,
        null,
        false,
        null,
        null,
        null,
        DOWN,
        error,
        null,
        null,
        null,
        null,
        null);
  }

  public boolean isDown() {
    return DOWN.equals(state);
  }

  /** The worker has given up until somebody changes something. */
  public boolean isStopped() {
    return "stopped".equals(state);
  }

  public boolean isLoading() {
    return "loading".equals(state);
  }

  /** The keys that {@code ./etl status --json} promises, in their order. */
  public Map<String, @Nullable Object> published() {
    Map<String, @Nullable Object> published = new LinkedHashMap<>();
    published.put("destination", destination);
    published.put("engine", engine);
    published.put("standIn", standIn);
    published.put("rows", rows);
    published.put("inStep", inStep);
    published.put("behindSeconds", behindSeconds);
    published.put("heldBySeconds", heldBySeconds);
    published.put("quarantined", quarantined);
    published.put("state", state);
    published.put("error", error);
    return published;
  }
}
