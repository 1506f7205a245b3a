package org.etlsandbox.boundary;

/**
 * Is told when a worker reaches a {@link Boundary}; found through {@link java.util.ServiceLoader}.
 * There is none in production: it is how a test stops or kills a worker at an exact moment.
 */
public interface BoundaryListener {

  /** Called by the thread that is there, any number of threads at a time. */
  void reached(Boundary boundary);
}
