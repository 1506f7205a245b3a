package org.etlsandbox.sakila.ping;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A ping in words, as it goes: {@code Neptune 0.4 s, ClickHouse 0.6 s}. */
public final class PingText implements Ping.Listener {

  private final PrintStream out;
  private boolean first;

  public PingText(PrintStream out) {
    this.out = out;
  }

  @Override
  public synchronized void removedLeftBehind(MarkedRental rental) {
    out.printf(
        "Rental %d ('%s') was left by an earlier ping that was cut short: deleted.%n",
        rental.rentalId(), rental.customerName());
  }

  @Override
  public synchronized void inserted(MarkedRental rental) {
    begin(
        "Rental %d ('%s') is in Jupiter. Arrived: "
            .formatted(rental.rentalId(), rental.customerName()));
  }

  @Override
  public void arrived(String destination, Duration after) {
    add(destination, after);
  }

  @Override
  public synchronized void leaves() {
    out.println();
    begin("Taken back. Gone: ");
  }

  @Override
  public void gone(String destination, Duration after) {
    add(destination, after);
  }

  @Override
  public synchronized void deleted() {
    out.println();
  }

  private void begin(String text) {
    out.print(text);
    out.flush();
    first = true;
  }

  private synchronized void add(String destination, Duration after) {
    out.printf(Locale.ROOT, "%s%s %.1f s", first ? "" : ", ", destination, seconds(after));
    out.flush();
    first = false;
  }

  /**
   * What went wrong, a line each; nothing if all is well.
   *
   * @param patience how long was waited
   */
  public static List<String> problems(List<Ping.Outcome> outcomes, Duration patience) {
    return outcomes.stream()
        .filter(outcome -> !outcome.isWell())
        .map(outcome -> problem(outcome, patience))
        .toList();
  }

  private static String problem(Ping.Outcome outcome, Duration patience) {
    String reason =
        outcome.problem() == null
            ? "within %d s".formatted(patience.toSeconds())
            : "because it could not be asked (%s)".formatted(outcome.problem());
    return outcome.arrived() == null
        ? "%s: the rental was not seen %s.".formatted(outcome.destination(), reason)
        : "%s: the rental was not seen to go %s; the next sweep takes it away."
            .formatted(outcome.destination(), reason);
  }

  /** With three decimals at most. */
  public static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
