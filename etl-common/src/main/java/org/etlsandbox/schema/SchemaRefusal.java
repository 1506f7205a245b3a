package org.etlsandbox.schema;

import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;

/** Why {@link SchemaMode#VALIDATE} refuses a database; the words are the same for all products. */
public final class SchemaRefusal {

  private static final String HOW =
      "Run 'migrate' of this version (docs/configuration.md#schema) and start the worker again, or set etl.schema=migrate.";

  private SchemaRefusal() {}

  public static StoreException missing(ConnectionSettings settings) {
    return permanent(
        "%s: the tables are missing, and with etl.schema=validate the worker makes none. %s"
            .formatted(settings, HOW));
  }

  public static StoreException behind(ConnectionSettings settings, String found, String needed) {
    return permanent(
        "%s: the schema has version %s, this worker needs %s and with etl.schema=validate changes nothing. %s"
            .formatted(settings, found, needed, HOW));
  }

  public static StoreException ahead(ConnectionSettings settings, String found, String known) {
    return permanent(
        "%s: the schema has version %s, this worker knows %s and none later. Start a worker of the version that ran 'migrate'; there is no way back."
            .formatted(settings, found, known));
  }

  /**
   * @param flaw what is wrong, as a part of a sentence
   */
  public static StoreException changed(ConnectionSettings settings, String flaw) {
    return permanent(
        "%s: the schema is not as 'migrate' makes it: %s. Put it right, or drop it, run 'migrate' and let it be loaded again."
            .formatted(settings, flaw));
  }

  private static StoreException permanent(String message) {
    return new StoreException(Kind.PERMANENT, message);
  }
}
