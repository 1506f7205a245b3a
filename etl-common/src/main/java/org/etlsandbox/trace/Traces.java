package org.etlsandbox.trace;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import java.util.function.Supplier;

/**
 * Steps of the work, each a span where somebody traces, and a stop-watch in any case. Thread-safe.
 *
 * <p>A step belongs to the one that is open in the same thread; without one it begins a trace.
 */
public final class Traces {

  /** Nobody traces. */
  public static final Traces OFF = new Traces(Tracer.NOOP);

  private final Tracer tracer;

  Traces(Tracer tracer) {
    this.tracer = tracer;
  }

  /**
   * Begins a step in the calling thread, which also ends it.
   *
   * @param name of few values: what is done, not with what
   */
  public Step begin(String name) {
    return new Step(tracer, tracer.nextSpan(), name);
  }

  /** Lets other threads begin steps that belong to what is open in the calling thread now. */
  public Supplier<Step> elsewhere(String name) {
    Span here = tracer.currentSpan();
    return () -> {
      Span child = tracer.nextSpan(here);
      return child == null ? begin(name) : new Step(tracer, child, name);
    };
  }
}
