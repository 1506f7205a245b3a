package org.etlsandbox.benchmark.arena;

import java.io.IOException;
import java.util.List;
import org.etlsandbox.soak.stage.WorkerProcess;

/**
 * What a worker's own meters say of the polls that found nothing.
 *
 * @param polls so far
 * @param seconds that they took, together
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats">The format</a>
 */
public record PollMeter(double polls, double seconds) {

  public static PollMeter of(WorkerProcess worker) throws IOException, InterruptedException {
    return parse(worker.management("/actuator/prometheus").body().lines().toList());
  }

  static PollMeter parse(List<String> lines) {
    return new PollMeter(
        value(lines, "etl_poll_seconds_count{"), value(lines, "etl_poll_seconds_sum{"));
  }

  /** 0 where there is no such line: the meter appears with the first poll. */
  private static double value(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name) && line.contains("moved=\"false\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  public PollMeter minus(PollMeter earlier) {
    return new PollMeter(polls - earlier.polls, seconds - earlier.seconds);
  }
}
