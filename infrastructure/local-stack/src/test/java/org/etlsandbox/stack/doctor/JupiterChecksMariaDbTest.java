package org.etlsandbox.stack.doctor;

import org.etlsandbox.engines.Engine;
import org.etlsandbox.engines.EngineOptions;
import org.etlsandbox.engines.MariaDbEngine;

class JupiterChecksMariaDbTest extends JupiterChecksContract {

  @Override
  Engine start(EngineOptions options) {
    return MariaDbEngine.start(options);
  }

  @Override
  String version() {
    return "MariaDB ";
  }

  @Override
  String whyInsecure() {
    return "not provided by server";
  }
}
