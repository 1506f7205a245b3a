package org.etlsandbox.engines;

class ClickHouseEngineTest extends EngineContract {
  @Override
  Engine startEngine(EngineOptions options) {
    return ClickHouseEngine.start(options);
  }

  @Override
  String program() {
    return "java";
  }

  @Override
  String createTable() {
    return "CREATE TABLE item (id Int32, name String) ENGINE = MergeTree ORDER BY id";
  }
}
