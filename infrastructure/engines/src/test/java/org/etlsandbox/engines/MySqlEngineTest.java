package org.etlsandbox.engines;

class MySqlEngineTest extends EngineContract {
  @Override
  Engine startEngine(EngineOptions options) {
    return MySqlEngine.start(options);
  }

  @Override
  String program() {
    return "mysqld";
  }
}
