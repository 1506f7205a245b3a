package org.etlsandbox.benchmark.arena;

import java.util.OptionalLong;
import org.etlsandbox.soak.stage.DestinationChoice;
import org.etlsandbox.soak.stage.Login;

/**
 * An empty database, which is dropped when closed.
 *
 * @param destination what it is a database for
 * @param engine product and version; says where one stands in for another
 * @param server the pid of its server, empty where that is not ours
 */
public record Database(
    DestinationChoice destination,
    Product product,
    Login login,
    String engine,
    OptionalLong server,
    Runnable drop)
    implements AutoCloseable {

  /** The name of the database alone. */
  public String name() {
    return nameOf(login);
  }

  /** The name of the database that a login leads to. */
  static String nameOf(Login login) {
    String path = login.url().replaceFirst("\\?.*", "");
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** {@code neptune (PostgreSQL 18.6)}. */
  public String title() {
    return "%s (%s)".formatted(destination.key(), engine);
  }

  @Override
  public void close() {
    drop.run();
  }
}
