package org.etlsandbox.stack.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.etlsandbox.stack.plan.Durations;
import org.etlsandbox.stack.state.DestinationStatus;
import org.jspecify.annotations.Nullable;

/** The destinations and how far each is behind Jupiter. */
public final class StatusTable {

  private static final String UNKNOWN = "-";
  private static final double SECONDS_LIMIT = 100;
  private static final Set<Integer> NUMBERS = Set.of(2, 3, 4);

  private final Terminal terminal;

  /** Rentals; a shorter run is over before anybody has read of it. */
  private static final long LONG_RUN = 5_000;

  public StatusTable(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * destination, engine, rows, behind by, rows/s, state; below what is wrong and what would help.
   */
  public List<String> lines(List<DestinationStatus> statuses) {
    Table table = new Table(NUMBERS);
    for (String title : List.of("destination", "engine", "rows", "behind by", "rows/s", "state")) {
      table.cell(title, terminal::faint);
    }
    table.end();
    for (DestinationStatus status : statuses) {
      table
          .cell(status.destination(), terminal::bold)
          .cell(engine(status))
          .cell(number(status.rows()))
          .cell(behind(status.behindSeconds()))
          .cell(
              status.rowsPerSecond() == null ? UNKNOWN : number(Math.round(status.rowsPerSecond())))
          .cell(state(status), colour(status))
          .end();
    }
    List<String> lines = new ArrayList<>(table.lines());
    lines.addAll(remarks(statuses));
    return lines;
  }

  private static String engine(DestinationStatus status) {
    if (status.engine() == null) {
      return UNKNOWN;
    }
    return status.standIn() ? status.engine() + " (stand-in)" : status.engine();
  }

  /** All in one line, those of the same state together: {@code mars, venus in step; …}. */
  public static String sentence(List<DestinationStatus> statuses) {
    Map<String, List<String>> byState = new LinkedHashMap<>();
    for (DestinationStatus status : statuses) {
      String what =
          status.error() == null
              ? state(status)
              : "%s (%s)".formatted(state(status), status.error());
      byState.computeIfAbsent(what, state -> new ArrayList<>()).add(status.destination());
    }
    return byState.entrySet().stream()
        .map(state -> String.join(", ", state.getValue()) + " " + state.getKey())
        .collect(Collectors.joining("; "));
  }

  /** {@code in step}, or what the worker does instead. */
  public static String state(DestinationStatus status) {
    if (status.isLoading() && status.loadTo() != null && status.loadedTo() != null) {
      return "loading, at rental %s of %s"
          .formatted(number(status.loadedTo()), number(status.loadTo()));
    }
    if (status.state().equals("following")) {
      Long refreshing = status.refreshing();
      if (refreshing != null && refreshing >= LONG_RUN) {
        return "refreshing, %s rentals so far".formatted(number(refreshing));
      }
      return status.inStep() ? "in step" : "catching up";
    }
    return status.state();
  }

  private UnaryOperator<String> colour(DestinationStatus status) {
    if (status.inStep()) {
      return terminal::green;
    }
    return status.error() == null ? terminal::yellow : terminal::red;
  }

  private List<String> remarks(List<DestinationStatus> statuses) {
    Set<String> remarks = new LinkedHashSet<>();
    Set<String> hints = new LinkedHashSet<>();
    for (DestinationStatus status : statuses) {
      if (status.error() != null) {
        remarks.add(terminal.red(status.destination() + ": " + status.error()));
      }
      if (status.quarantined() != null && status.quarantined() > 0) {
        remarks.add(
            terminal.yellow(
                "%s: %s rentals in quarantine"
                    .formatted(status.destination(), number(status.quarantined()))));
      }
      if (status.heldBySeconds() != null && status.heldBySeconds() >= 1) {
        remarks.add(
            "%s: an open transaction in Jupiter has held it back for %s"
                .formatted(status.destination(), behind(status.heldBySeconds())));
      }
      // why: all workers read the same Jupiter and so have the same hints
      if (status.hints() != null) {
        status.hints().forEach(hint -> hints.add("Hint for Jupiter: " + hint));
      }
    }
    remarks.addAll(hints);
    return List.copyOf(remarks);
  }

  /** {@code 17,034}. */
  public static String number(@Nullable Long value) {
    return value == null ? UNKNOWN : String.format(Locale.ROOT, "%,d", value);
  }

  /** {@code 0.6 s}, or in minutes and hours. */
  static String behind(@Nullable Double seconds) {
    if (seconds == null) {
      return UNKNOWN;
    }
    return seconds < SECONDS_LIMIT
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : Durations.format(java.time.Duration.ofSeconds(seconds.longValue()));
  }
}
