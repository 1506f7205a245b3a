package org.etlsandbox.betaapi;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Tells who has taken what out of the destination: when an export begins, and when it ends. */
@Component
class ExportAudit {

  private static final String NOBODY = "anonymous";

  private final ApplicationEventPublisher events;
  private final String destination;

  ExportAudit(ApplicationEventPublisher events, QueryProperties query) {
    this.events = events;
    this.destination = query.destination();
  }

  void begins(HttpServletRequest request, ExportFormat format) {
    Map<String, Object> data = data(format);
    Map<String, String> parameters = new TreeMap<>();
    request.getParameterMap().forEach((name, values) -> parameters.put(name, values[0]));
    data.put("parameters", parameters);
    publish(request, "EXPORT", data);
  }

  /**
   * @param complete whether the client has been sent everything
   */
  void ends(HttpServletRequest request, ExportFormat format, long rows, boolean complete) {
    Map<String, Object> data = data(format);
    data.put("rows", rows);
    data.put("complete", complete);
    publish(request, "EXPORT_END", data);
  }

  private Map<String, Object> data(ExportFormat format) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("destination", destination);
    data.put("format", format.key());
    return data;
  }

  private void publish(HttpServletRequest request, String type, Map<String, Object> data) {
    Principal principal = request.getUserPrincipal();
    events.publishEvent(
        new AuditApplicationEvent(principal == null ? NOBODY : principal.getName(), type, data));
  }
}
