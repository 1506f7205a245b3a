package org.etlsandbox.access;

import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.context.event.EventListener;

/** Writes every audit event to the log, which is kept; the list in memory is short. */
final class AuditLog {

  private static final Logger LOG = LoggerFactory.getLogger("org.etlsandbox.audit");

  @EventListener
  void write(AuditApplicationEvent published) {
    AuditEvent event = published.getAuditEvent();
    LOG.info(
        "type={} principal={} {}",
        LogText.of(event.getType()),
        LogText.of(event.getPrincipal()),
        event.getData().entrySet().stream()
            .map(entry -> LogText.of(entry.getKey()) + "=" + LogText.of(entry.getValue()))
            .collect(Collectors.joining(" ")));
  }
}
