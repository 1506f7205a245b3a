package org.etlsandbox.sakila;

import org.etlsandbox.engines.Engine;
import org.etlsandbox.engines.EngineOptions;
import org.etlsandbox.engines.EngineUnavailableException;
import org.etlsandbox.engines.MariaDbEngine;
import org.etlsandbox.engines.MySqlEngine;
import org.junit.jupiter.api.Assumptions;

/** The embedded servers; each is started when first needed and runs until the JVM ends. */
public enum TestServer {
  MARIADB {
    @Override
    Engine start() {
      return MariaDbEngine.start(EngineOptions.temporary());
    }
  },
  MYSQL {
    @Override
    Engine start() {
      return MySqlEngine.start(EngineOptions.temporary());
    }
  };

  private Engine engine;

  abstract Engine start();

  /** The one that tests run on unless they ask for both: {@code -Dsakila.server=MYSQL}. */
  public static TestServer usual() {
    return valueOf(System.getProperty("sakila.server", MARIADB.name()));
  }

  public String url(String database) {
    return engine().jdbcUrl(database);
  }

  public String username() {
    return engine().username();
  }

  public String password() {
    return engine().password();
  }

  public void createDatabase(String name) {
    engine().createDatabase(name);
  }

  private synchronized Engine engine() {
    if (engine == null) {
      try {
        engine = start();
      } catch (EngineUnavailableException e) {
        Assumptions.abort(name() + " cannot run here: " + e.getMessage());
      }
      Runtime.getRuntime().addShutdownHook(new Thread(engine::close));
    }
    return engine;
  }
}
