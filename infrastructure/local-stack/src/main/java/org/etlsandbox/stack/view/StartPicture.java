package org.etlsandbox.stack.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.etlsandbox.stack.plan.Durations;
import org.etlsandbox.stack.state.DestinationStatus;
import org.etlsandbox.stack.state.Phase;
import org.etlsandbox.stack.state.ServiceState;
import org.etlsandbox.stack.state.StackState;
import org.etlsandbox.stack.state.StoreState;

/** How far a stack is that is being brought up. */
public final class StartPicture {

  private static final String[] SPINNER = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};

  private final Terminal terminal;
  private int frame;

  public StartPicture(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The whole picture. */
  public List<String> block(StackState state, List<DestinationStatus> statuses, Duration elapsed) {
    frame++;
    List<String> lines = new ArrayList<>();
    Table table = new Table(java.util.Set.of());
    for (StoreState store : state.stores()) {
      table
          .cell(mark(store.product() != null, store.missing() != null))
          .cell(store.store().title())
          .cell(store.engine())
          .cell(store.label(), terminal::faint)
          .end();
    }
    table.lines().forEach(line -> lines.add("  " + line));
    if (state.toSeed() > 0) {
      lines.add(
          "  %s  Seed     %s of %s rows"
              .formatted(
                  mark(state.seeded() >= state.toSeed(), false),
                  StatusTable.number(state.seeded()),
                  StatusTable.number(state.toSeed())));
    }
    if (state.phase() == Phase.SERVICES) {
      lines.add("  %s  Services %s".formatted(mark(false, false), services(state)));
    }
    if (!statuses.isEmpty()) {
      lines.add("");
      new StatusTable(terminal).lines(statuses).forEach(line -> lines.add("  " + line));
    }
    lines.add(terminal.faint("  " + state.phase().inWords() + ", " + Durations.format(elapsed)));
    return lines;
  }

  private String mark(boolean done, boolean missing) {
    if (missing) {
      return terminal.yellow("–");
    }
    return done ? terminal.green("✓") : SPINNER[frame % SPINNER.length];
  }

  private static String services(StackState state) {
    return state.services().stream()
        .map(service -> service.service().key() + (service.up() ? " ✓" : " …"))
        .collect(Collectors.joining("  "));
  }

  /** The same in one line. */
  public String sentence(StackState state, List<DestinationStatus> statuses) {
    return switch (state.phase()) {
      case ENGINES -> "Starting the engines: " + engines(state);
      case SEEDING ->
          state.toSeed() == 0
              ? "Looking at Jupiter"
              : "Seeding Jupiter: %s of %s rows"
                  .formatted(
                      StatusTable.number(state.seeded()), StatusTable.number(state.toSeed()));
      case SERVICES ->
          "Starting the services: %d of %d up%s"
              .formatted(
                  state.services().stream().filter(ServiceState::up).count(),
                  state.services().size(),
                  statuses.isEmpty() ? "" : "; " + StatusTable.sentence(statuses));
      case RUNNING -> StatusTable.sentence(statuses);
      case STOPPING, STOPPED, FAILED -> state.phase().inWords();
    };
  }

  private static String engines(StackState state) {
    return state.stores().stream()
        .map(store ->
            store.store().key()
                + (store.product() == null && store.missing() == null
                    ? " …"
                    : store.missing() != null ? " missing" : " up"))
        .collect(Collectors.joining(", "));
  }
}
