package org.etlsandbox.trace;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.etlsandbox.failure.StoreException;

/**
 * One step of the work, from its beginning until its work is done. What is told of it must be safe
 * for anybody to read: names, numbers, never a value of a row.
 */
public final class Step {

  private final Span span;
  private final Tracer.SpanInScope scope;
  private final long began = System.nanoTime();
  private long ended;

  Step(Tracer tracer, Span span, String name) {
    this.span = span.name(name).start();
    this.scope = tracer.withSpan(this.span);
  }

  public Step tell(String key, String value) {
    span.tag(key, value);
    return this;
  }

  public Step tell(String key, long value) {
    span.tag(key, value);
    return this;
  }

  /** Does the work that the step consists of, then ends it. */
  public <T> T of(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      failed(e);
      throw e;
    } finally {
      close();
    }
  }

  /** The kind of the failure; its words are for the log. */
  private void failed(RuntimeException failure) {
    if (failure instanceof CancellationException) {
      span.tag("etl.stopped", true);
      return;
    }
    if (failure instanceof StoreException store) {
      span.tag("etl.failure", store.kind().name().toLowerCase(Locale.ROOT));
    }
    span.error(failure);
  }

  /** How long it took, once it is done. */
  public Duration took() {
    return Duration.ofNanos(ended - began);
  }

  private void close() {
    ended = System.nanoTime();
    scope.close();
    span.end();
  }
}
