package org.etlsandbox.engines;

class MariaDbEngineTest extends EngineContract {
  @Override
  Engine startEngine(EngineOptions options) {
    return MariaDbEngine.start(options);
  }

  @Override
  String program() {
    return "mariadbd";
  }
}
