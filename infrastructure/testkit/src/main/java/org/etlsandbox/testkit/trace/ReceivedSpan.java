package org.etlsandbox.testkit.trace;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A span as it came over the wire.
 *
 * @param parent id of another span of the trace; empty for the root
 * @param attributes its own, values as text
 * @param wire all that was sent of it, as text: nothing else can have left the service
 */
public record ReceivedSpan(
    String service,
    String trace,
    String id,
    String parent,
    String name,
    boolean failed,
    long startNanos,
    long endNanos,
    Map<String, String> attributes,
    List<String> events,
    String wire) {

  static ReceivedSpan of(Resource resource, Span span) {
    Map<String, String> attributes = new TreeMap<>();
    span.getAttributesList()
        .forEach(attribute -> attributes.put(attribute.getKey(), text(attribute)));
    return new ReceivedSpan(
        resource.getAttributesList().stream()
            .filter(attribute -> attribute.getKey().equals("service.name"))
            .map(ReceivedSpan::text)
            .findFirst()
            .orElse(""),
        hex(span.getTraceId()),
        hex(span.getSpanId()),
        hex(span.getParentSpanId()),
        span.getName(),
        span.getStatus().getCodeValue() == 2,
        span.getStartTimeUnixNano(),
        span.getEndTimeUnixNano(),
        attributes,
        span.getEventsList().stream().map(Span.Event::getName).toList(),
        resource + "\n" + span);
  }

  public boolean isRoot() {
    return parent.isEmpty();
  }

  /** The value of an attribute, empty where there is none. */
  public String at(String key) {
    return attributes.getOrDefault(key, "");
  }

  private static String text(KeyValue attribute) {
    AnyValue value = attribute.getValue();
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case INT_VALUE -> Long.toString(value.getIntValue());
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      default -> value.toString();
    };
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }
}
