package org.etlsandbox.soak.crash;

/** A worker did not do what it has to; the message tells what, for a person. */
final class WorkerFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  WorkerFailure(String message) {
    super(message);
  }
}
