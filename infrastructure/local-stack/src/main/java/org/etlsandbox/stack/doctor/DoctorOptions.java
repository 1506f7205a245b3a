package org.etlsandbox.stack.doctor;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.etlsandbox.stack.plan.Service;

/**
 * The command line of {@code ./etl doctor}.
 *
 * @param portBase the first service listens one above; management ports lie 1000 above that
 */
record DoctorOptions(boolean json, Path dataDir, int portBase) {

  static final int DEFAULT_PORT_BASE = Service.DEFAULT_PORT_BASE;

  /** As in {@code up}: six services, and their management ports, must fit below 65536. */
  private static final int MAX_PORT_BASE = 64_000;

  /** Says which argument is wrong, and what would be right. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
      super(message);
    }
  }

  /**
   * @param defaultDataDir where the engines keep their data unless {@code --data-dir} says
   *     otherwise
   */
  static DoctorOptions parse(List<String> args, Path defaultDataDir) throws UsageException {
    boolean json = false;
    Path dataDir = defaultDataDir;
    int portBase = DEFAULT_PORT_BASE;
    Iterator<String> rest = args.iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
      String option = equals < 0 ? argument : argument.substring(0, equals);
      switch (option) {
        case "--json" -> {
          if (equals >= 0) {
            throw new UsageException("--json takes no value, not '" + argument + "'");
          }
          json = true;
        }
        case "--debug" -> {
          // Accepted as everywhere: the doctor has no stack traces to add
        }
        case "--data-dir" -> dataDir = directory(value(argument, equals, rest));
        case "--port-base" -> portBase = port(value(argument, equals, rest));
        default ->
            throw new UsageException(
                "doctor does not know '"
                    + argument
                    + "'; it takes --json, --data-dir DIR and --port-base N");
      }
    }
    return new DoctorOptions(json, dataDir, portBase);
  }

  private static String value(String argument, int equals, Iterator<String> rest)
      throws UsageException {
    if (equals >= 0) {
      return argument.substring(equals + 1);
    }
    if (!rest.hasNext()) {
      throw new UsageException(argument + " needs a value");
    }
    return rest.next();
  }

  private static Path directory(String value) throws UsageException {
    try {
      if (!value.isBlank()) {
        return Path.of(value).toAbsolutePath().normalize();
      }
    } catch (InvalidPathException e) {
      // answered below
    }
    throw new UsageException("--data-dir is '" + value + "', which is no path of a directory");
  }

  private static int port(String value) throws UsageException {
    try {
      int port = Integer.parseInt(value);
      if (port >= 1024 && port <= MAX_PORT_BASE) {
        return port;
      }
    } catch (NumberFormatException e) {
      // answered below
    }
    throw new UsageException(
        "--port-base is '" + value + "', but must be a number from 1024 to " + MAX_PORT_BASE);
  }
}
