package org.etlsandbox.engines;

class PostgreSqlEngineTest extends EngineContract {
  @Override
  Engine startEngine(EngineOptions options) {
    return PostgreSqlEngine.start(options);
  }

  @Override
  String program() {
    return "postgres";
  }
}
