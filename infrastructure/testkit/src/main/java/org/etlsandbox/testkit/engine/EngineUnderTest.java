package org.etlsandbox.testkit.engine;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.etlsandbox.connection.ConnectionSettings;
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
 * the environment names, else a container where {@code ETL_TEST_CONTAINERS=true}, else embedded,
 * where the product can be.
 *
 * <p>Where none can run the tests are aborted with the reason, and the report names the engine.
 */
public final class EngineUnderTest {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final TestProduct product;
  private final Map<String, String> environment;
  private @Nullable TestServer server;
  private @Nullable String unavailable;
  private @Nullable RuntimeException failed;

  EngineUnderTest(TestProduct product, Map<String, String> environment) {
    this.product = product;
    this.environment = environment;
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
        EngineReport.unavailable(product.missing(), unavailable);
      } catch (RuntimeException e) {
        failed = e;
        throw e;
      }
    }
    throw new TestAbortedException("%s cannot run here: %s".formatted(product.title, unavailable));
  }

  /** Finds or starts one. */
  TestServer start() {
    String variable = product.urlVariable;
    String url = variable == null ? "" : environment.getOrDefault(variable, "").strip();
    if (variable != null && !url.isEmpty() && product.takes(url)) {
      return TestServer.asked(
          product,
          variable,
          url,
          environment.getOrDefault(prefixOf(variable) + "USERNAME", ""),
          environment.getOrDefault(prefixOf(variable) + "PASSWORD", ""));
    }
    if ("true".equals(environment.get("ETL_TEST_CONTAINERS")) && product.container != null) {
      JdbcDatabaseContainer<?> container = product.container.get();
      container.start(); // its reaper stops it after this JVM
      return TestServer.container(product, container);
    }
    if (product.embedded == null) {
      throw new EngineUnavailableException(whatToSet(String.valueOf(variable), url));
    }
    return TestServer.embedded(product, product.embedded.get());
  }

  private static String whatToSet(String variable, String url) {
    String prefix = prefixOf(variable);
    String found =
        url.isEmpty()
            ? variable + " is not set"
            : new ConnectionSettings(variable, url, "", "", 1) + " is another product";
    return ("it cannot be embedded, and %s. Set %s=jdbc:sqlserver://… with %sUSERNAME and"
            + " %sPASSWORD, or run ./etl test --containers.")
        .formatted(found, variable, prefix, prefix);
  }

  /** Of {@code MARS_URL} that of {@code MARS_USERNAME}. */
  private static String prefixOf(String variable) {
    return variable.substring(0, variable.length() - "URL".length());
  }
}
