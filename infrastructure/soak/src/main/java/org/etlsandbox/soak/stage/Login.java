package org.etlsandbox.soak.stage;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** A database and how to get into it. */
public record Login(String url, String username, String password) {

  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url, username, password);
  }

  /** As a worker is told of it. */
  public void addTo(Map<String, Object> properties, String prefix) {
    properties.put(prefix + ".url", url);
    properties.put(prefix + ".username", username);
    properties.put(prefix + ".password", password);
  }

  @Override
  public String toString() {
    return username + " at " + url;
  }
}
