package org.etlsandbox.access;

import io.github.bucket4j.Bucket;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;

/** Publishes what happens to access itself: who was refused, who changed a running service. */
final class AuditTrail {

  /**
   * More refusals than that in a minute are counted only: who hammers shall not push out others.
   */
  private static final int REFUSALS_PER_MINUTE = 60;

  private static final String ANONYMOUS = "anonymous";

  private final ApplicationEventPublisher publisher;
  private final Bucket refusals =
      Bucket.builder()
          .addLimit(limit ->
              limit
                  .capacity(REFUSALS_PER_MINUTE)
                  .refillGreedy(REFUSALS_PER_MINUTE, Duration.ofMinutes(1)))
          .build();
  private final AtomicLong notPublished = new AtomicLong();

  AuditTrail(ApplicationEventPublisher publisher) {
    this.publisher = publisher;
  }

  void refused(HttpServletRequest request, String type, String reason) {
    if (!refusals.tryConsume(1)) {
      notPublished.incrementAndGet();
      return;
    }
    Map<String, Object> data = data(request);
    data.put("address", request.getRemoteAddr());
    data.put("reason", reason);
    long more = notPublished.getAndSet(0);
    if (more > 0) {
      data.put("notPublishedBefore", more);
    }
    publish(request, type, data);
  }

  void stateChanged(HttpServletRequest request) {
    Map<String, Object> data = data(request);
    data.put("path", request.getRequestURI());
    publish(request, "STATE_CHANGE", data);
  }

  private static Map<String, Object> data(HttpServletRequest request) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("method", request.getMethod());
    data.put("route", Objects.requireNonNullElse(AccessLog.routeOf(request), "-"));
    data.put(RequestId.NAME, RequestId.of(request));
    return data;
  }

  private void publish(HttpServletRequest request, String type, Map<String, Object> data) {
    Principal caller = request.getUserPrincipal();
    String name = caller == null ? ANONYMOUS : caller.getName();
    publisher.publishEvent(new AuditApplicationEvent(name, type, data));
  }
}
