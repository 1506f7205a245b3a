package org.etlsandbox.trace;

import io.micrometer.tracing.otel.bridge.EventPublishingContextWrapper.ScopeAttachedEvent;
import io.micrometer.tracing.otel.bridge.EventPublishingContextWrapper.ScopeRestoredEvent;
import io.micrometer.tracing.otel.bridge.Slf4JEventListener;
import io.opentelemetry.api.trace.Span;
import org.jspecify.annotations.Nullable;

/** Puts a trace into log lines only where it is sampled: the others can be found nowhere. */
final class SampledTraceFields extends Slf4JEventListener {

  SampledTraceFields() {
    super(LogFields.TRACE, LogFields.SPAN);
  }

  @Override
  public void onEvent(Object event) {
    boolean wanted =
        switch (event) {
          case ScopeAttachedEvent attached -> isSampled(attached.getSpan());
          case ScopeRestoredEvent restored -> isSampled(restored.getSpan());
          default -> true;
        };
    if (wanted) {
      super.onEvent(event);
    }
  }

  private static boolean isSampled(@Nullable Span span) {
    return span != null && span.getSpanContext().isSampled();
  }
}
