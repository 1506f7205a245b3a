package org.etlsandbox.service;

import java.io.FileNotFoundException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A certificate or a key that is not where the configuration says is named without a trace. */
final class MissingFileFailureAnalyzer extends AbstractFailureAnalyzer<FileNotFoundException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, FileNotFoundException cause) {
    return new FailureAnalysis(
        "A file that the configuration names cannot be read: " + cause.getMessage(),
        "Put it there and let this user read it, or correct the property that names it; certificates and keys are named by spring.ssl.bundle.…",
        cause);
  }
}
