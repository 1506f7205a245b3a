package org.etlsandbox.stack.doctor;

import org.etlsandbox.engines.Engine;
import org.etlsandbox.engines.EngineOptions;
import org.etlsandbox.engines.MySqlEngine;

class JupiterChecksMySqlTest extends JupiterChecksContract {

  @Override
  Engine start(EngineOptions options) {
    return MySqlEngine.start(options);
  }

  @Override
  String version() {
    return "MySQL ";
  }

  /** It has issued itself a certificate. */
  @Override
  String whyInsecure() {
    return "is of no authority that is trusted here";
  }
}
