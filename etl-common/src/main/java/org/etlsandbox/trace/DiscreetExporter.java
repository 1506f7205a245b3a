package org.etlsandbox.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends spans without the words of exceptions, which may repeat a value of a row or a part of an
 * address, whatever library has put them there; their types stay. Says once that nothing can be
 * sent, and once that it can again.
 */
final class DiscreetExporter implements SpanExporter {

  private static final Logger log = LoggerFactory.getLogger(DiscreetExporter.class);

  /** As the conventions name it; the others of an exception are its message and its stack trace. */
  private static final AttributeKey<String> TYPE = AttributeKey.stringKey("exception.type");

  private static final String EXCEPTION = "exception";

  private final SpanExporter exporter;
  private final String endpoint;
  private final AtomicBoolean failing = new AtomicBoolean();

  DiscreetExporter(SpanExporter exporter, String endpoint) {
    this.exporter = exporter;
    this.endpoint = endpoint;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    List<SpanData> discreet = spans.stream().<SpanData>map(Discreet::new).toList();
    CompletableResultCode result = exporter.export(discreet);
    result.whenComplete(() -> tell(result));
    return result;
  }

  private void tell(CompletableResultCode result) {
    if (failing.compareAndSet(result.isSuccess(), !result.isSuccess())) {
      if (result.isSuccess()) {
        log.info("Traces are sent to {} again", endpoint);
      } else {
        log.warn(
            "Traces cannot be sent to {} and are dropped: {}. Nothing else is affected; see that a collector takes OTLP over HTTP there, or unset {}.",
            endpoint,
            reason(result.getFailureThrowable()),
            TracingSwitch.ENDPOINT);
      }
    }
  }

  private static String reason(@Nullable Throwable failure) {
    return failure == null ? "they are refused" : failure.toString();
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }

  private static final class Discreet extends DelegatingSpanData {

    Discreet(SpanData span) {
      super(span);
    }

    @Override
    public List<EventData> getEvents() {
      return super.getEvents().stream().map(Discreet::withoutWords).toList();
    }

    private static EventData withoutWords(EventData event) {
      String type = event.getAttributes().get(TYPE);
      return event.getName().equals(EXCEPTION)
          ? EventData.create(
              event.getEpochNanos(),
              EXCEPTION,
              type == null ? Attributes.empty() : Attributes.of(TYPE, type))
          : event;
    }

    @Override
    public StatusData getStatus() {
      return StatusData.create(super.getStatus().getStatusCode(), "");
    }
  }
}
