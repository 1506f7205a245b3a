package org.etlsandbox.engines;

class PostgreSqlEngineTest extends EngineContract {
  @Override
  Engine startEngine(EngineOptions options) {
    return PostgreSqlEngine.start(options);
  }
}
