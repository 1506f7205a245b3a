package org.etlsandbox.testkit.engine;

import java.util.concurrent.atomic.AtomicInteger;
import org.etlsandbox.destination.DestinationProvider;
import org.etlsandbox.engines.EngineUnavailableException;
import org.etlsandbox.source.SourceProvider;
import org.etlsandbox.testkit.TestStore;
import org.etlsandbox.testkit.sakila.TestSakila;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;
import org.testcontainers.containers.JdbcDatabaseContainer;

/**
 * A product that tests run on, resolved and started once a JVM at the first use: the server that
 * the environment names, else a container where {@code ETL_TEST_CONTAINERS=true}, else embedded.
 *
 * <p>Where none can run the tests are aborted with the reason, and the report names the engine.
 */
public final class EngineUnderTest {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final TestProduct product;
  private @Nullable TestServer server;
  private @Nullable String unavailable;
  private @Nullable RuntimeException failed;

  EngineUnderTest(TestProduct product) {
    this.product = product;
  }

  /** Product, version and origin: {@code PostgreSQL 18.6 (embedded)}. */
  public String label() {
    return server().label();
  }

  /**
   * Creates an empty database, to be closed by whoever asked for it.
   *
   * @throws TestAbortedException when no such engine can run here
   */
  public TestDatabase newDatabase() {
    TestServer running = server();
    String name =
        "etl_test_%d_%d".formatted(ProcessHandle.current().pid(), DATABASES.incrementAndGet());
    running.create(name);
    return new TestDatabase(running, name);
  }

  /** A new database as a store for the destination contract. */
  public TestStore emptyStore(DestinationProvider provider) {
    return newDatabase().asStore(provider);
  }

  /** Sakila's tables in a new database, for the source contract. */
  public TestSakila emptySakila(SourceProvider provider, boolean indexed) {
    return new JdbcSakila(newDatabase(), provider, indexed);
  }

  private synchronized TestServer server() {
    if (server != null) {
      return server;
    }
    if (failed != null) {
      // Not tried again: a start that runs into its time-out would do so for every test
      throw new IllegalStateException(product.title + " did not start for an earlier test", failed);
    }
    if (unavailable == null) {
      try {
        server = start();
        return server;
      } catch (EngineUnavailableException e) {
        unavailable = String.valueOf(e.getMessage());
        EngineReport.unavailable(product.title + " (embedded)", unavailable);
      } catch (RuntimeException e) {
        failed = e;
        throw e;
      }
    }
    throw new TestAbortedException("%s cannot run here: %s".formatted(product.title, unavailable));
  }

  private TestServer start() {
    String variable = product.urlVariable;
    String url = variable == null ? null : System.getenv(variable);
    if (variable != null && url != null && !url.isBlank()) {
      String prefix = variable.substring(0, variable.length() - "URL".length());
      return TestServer.asked(
          product,
          variable,
          url,
          System.getenv().getOrDefault(prefix + "USERNAME", ""),
          System.getenv().getOrDefault(prefix + "PASSWORD", ""));
    }
    if ("true".equals(System.getenv("ETL_TEST_CONTAINERS")) && product.container != null) {
      JdbcDatabaseContainer<?> container = product.container.get();
      container.start(); // its reaper stops it after this JVM
      return TestServer.container(product, container);
    }
    return TestServer.embedded(product, product.embedded.get());
  }
}
