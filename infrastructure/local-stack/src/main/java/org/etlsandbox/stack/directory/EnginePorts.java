package org.etlsandbox.stack.directory;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.etlsandbox.stack.plan.PortHolder;

/** The ports of the embedded engines: free ones, kept so that they stay the same over restarts. */
public final class EnginePorts {

  private static final String FILE = "ports.json";

  private final DataDirectory directory;
  private final Map<String, Integer> ports;

  private EnginePorts(DataDirectory directory, Map<String, Integer> ports) {
    this.directory = directory;
    this.ports = ports;
  }

  /** The ports of a data directory that has been made. */
  public static EnginePorts of(DataDirectory directory) {
    Map<String, Integer> ports = new TreeMap<>();
    PrivateFile.read(directory.root().resolve(FILE))
        .ifPresent(text ->
            Json.read(text, Map.class)
                .forEach((name, value) -> ports.put(name.toString(), ((Number) value).intValue())));
    return new EnginePorts(directory, ports);
  }

  /**
   * The port of an engine: the one it had, if that is still free.
   *
   * @param moved told when it is not, with a sentence that says so
   */
  public synchronized int choose(String engine, Consumer<String> moved) {
    Integer known = ports.get(engine);
    if (known != null && PortHolder.isFree(known)) {
      return known;
    }
    int chosen = PortHolder.free();
    if (known != null) {
      moved.accept(
          "Port %d of %s is taken by %s; it moves to %d"
              .formatted(known, engine, PortHolder.describe(known), chosen));
    }
    ports.put(engine, chosen);
    PrivateFile.write(directory.root().resolve(FILE), Json.write(ports));
    return chosen;
  }
}
