package org.etlsandbox.service;

import org.etlsandbox.failure.StoreException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A set-up with which a service cannot start is told in words, not as a stack trace. */
final class StoreFailureAnalyzer extends AbstractFailureAnalyzer<StoreException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, StoreException cause) {
    return new FailureAnalysis(
        cause.getMessage(), "Correct the configuration, then start again.", cause);
  }
}
