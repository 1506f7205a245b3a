package org.etlsandbox.testkit.sakila;

import org.etlsandbox.source.Source;

/** An empty Sakila, made for one test and dropped after it. */
public interface TestSakila extends AutoCloseable {

  /** The label of what the test runs on: {@code MySQL 8.0.31 (embedded)}. */
  String engine();

  /** Opens it as a source; whoever opened closes. */
  Source open();

  SakilaWriter writer();

  @Override
  void close();
}
