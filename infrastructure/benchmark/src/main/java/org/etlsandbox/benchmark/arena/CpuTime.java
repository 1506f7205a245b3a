package org.etlsandbox.benchmark.arena;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * CPU seconds of processes with their children, those that have ended included.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat</a>
 */
public final class CpuTime {

  /** Linux counts in hundredths of a second for user space, on every machine. */
  private static final double TICKS_PER_SECOND = 100;

  /** A child that has just ended counts when its parent has taken notice. */
  private static final int REAP_MILLIS = 200;

  private final Map<String, Long> pids;
  private final Map<String, Double> before = new LinkedHashMap<>();

  /**
   * @param pids by the name under which they are reported
   */
  public CpuTime(Map<String, Long> pids) throws IOException {
    this.pids = new LinkedHashMap<>(pids);
    for (Map.Entry<String, Long> one : this.pids.entrySet()) {
      before.put(one.getKey(), seconds(one.getValue()));
    }
  }

  /** What each has used since. */
  public Map<String, Double> used() throws IOException, InterruptedException {
    Thread.sleep(REAP_MILLIS);
    Map<String, Double> used = new LinkedHashMap<>();
    for (Map.Entry<String, Long> one : pids.entrySet()) {
      used.put(one.getKey(), seconds(one.getValue()) - before.getOrDefault(one.getKey(), 0.0));
    }
    return used;
  }

  private static double seconds(long pid) throws IOException {
    double seconds = ticks(pid) / TICKS_PER_SECOND;
    for (ProcessHandle child :
        ProcessHandle.of(pid).stream().flatMap(ProcessHandle::children).toList()) {
      try {
        seconds += ticks(child.pid()) / TICKS_PER_SECOND;
      } catch (IOException e) {
        // It has just ended, and counts among the waited-for children from now on
      }
    }
    return seconds;
  }

  private static long ticks(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    // The name, in parentheses, may have blanks; state follows it as field 3, utime is field 14
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Long.parseLong(fields[11])
        + Long.parseLong(fields[12])
        + Long.parseLong(fields[13])
        + Long.parseLong(fields[14]);
  }

  /** CPU time of this process so far, without its children. */
  public static double ownSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
  }
}
