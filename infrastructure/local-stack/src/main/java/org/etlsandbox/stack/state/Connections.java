package org.etlsandbox.stack.state;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.etlsandbox.connection.DatabaseTls;
import org.etlsandbox.stack.directory.DataDirectory;
import org.etlsandbox.stack.directory.Json;
import org.etlsandbox.stack.plan.Store;

/**
 * How to get into each database, kept in a file that only its owner can read and only while the
 * stack runs.
 */
public record Connections(Map<Store, Login> logins) {

  private static final String NAME = "connections.json";

  /**
   * @param url a JDBC URL as drivers take it
   * @param tls whether the server must prove who it is; embedded ones cannot
   */
  public record Login(String url, String username, String password, DatabaseTls.Mode tls) {

    @Override
    public String toString() {
      return "a login of '" + username + "'";
    }
  }

  public Connections {
    logins = Map.copyOf(logins);
  }

  public void write(DataDirectory directory) {
    directory.writeRunFile(NAME, Json.write(new Connections(new EnumMap<>(logins))));
  }

  /** Those of the running stack; empty while the engines start. */
  public static Optional<Connections> read(DataDirectory directory) {
    return Optional.ofNullable(directory.readRunFile(NAME))
        .map(text -> Json.read(text, Connections.class));
  }

  public Optional<Login> of(Store store) {
    return Optional.ofNullable(logins.get(store));
  }
}
