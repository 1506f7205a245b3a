package org.etlsandbox.stack.plan;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write and read them: {@code 90s}, {@code 5m}, {@code 1h}, {@code 180}. */
public final class Durations {

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})([smh]?)");
  private static final int MINUTE = 60;
  private static final int HOUR = 3600;

  private Durations() {}

  /**
   * A duration of at least a second.
   *
   * @param option named in the message
   * @throws StackFailure if it is none
   */
  public static Duration parse(String option, String text) {
    Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (form.matches()) {
      long amount = Long.parseLong(form.group(1));
      Duration duration =
          switch (form.group(2)) {
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofSeconds(amount);
          };
      if (duration.isPositive()) {
        return duration;
      }
    }
    throw StackFailure.usage(
        "%s is '%s', but must be a duration above zero like 90s, 5m, 1h or plain seconds."
            .formatted(option, text));
  }

  /** {@code 45s}, {@code 3m 20s}, {@code 2h 5m}. */
  public static String format(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < MINUTE) {
      return seconds + "s";
    }
    if (seconds < HOUR) {
      long rest = seconds % MINUTE;
      return seconds / MINUTE + "m" + (rest == 0 ? "" : " " + rest + "s");
    }
    long rest = seconds % HOUR / MINUTE;
    return seconds / HOUR + "h" + (rest == 0 ? "" : " " + rest + "m");
  }
}
