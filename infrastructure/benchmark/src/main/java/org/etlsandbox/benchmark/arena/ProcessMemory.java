package org.etlsandbox.benchmark.arena;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resident memory of a process, in bytes.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_status.5.html">proc_pid_status</a>
 */
public final class ProcessMemory {

  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
  private static final Pattern NOW = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  private ProcessMemory() {}

  /** At its highest so far. */
  public static long peak(long pid) throws IOException {
    return bytes(pid, PEAK);
  }

  public static long now(long pid) throws IOException {
    return bytes(pid, NOW);
  }

  private static long bytes(long pid, Pattern pattern) throws IOException {
    Matcher line =
        pattern.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
    if (!line.find()) {
      throw new IOException("Process %d has no line '%s': it has ended".formatted(pid, pattern));
    }
    return Long.parseLong(line.group(1)) * 1024;
  }
}
