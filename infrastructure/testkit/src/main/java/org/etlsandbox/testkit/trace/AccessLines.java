package org.etlsandbox.testkit.trace;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * The lines of the access log, with their logging context, while it is open. To be opened when the
 * service has started, which sets up all logging anew.
 */
public final class AccessLines implements AutoCloseable {

  private final Logger logger = (Logger) LoggerFactory.getLogger("org.etlsandbox.access");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  public AccessLines() {
    lines.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(lines);
  }

  /** The logging context of the line of a request; waits for it, as it comes after the answer. */
  public Map<String, String> contextOf(String requestId) throws InterruptedException {
    for (int tenths = 0; tenths < 50; tenths++) {
      for (ILoggingEvent line : List.copyOf(lines.list)) {
        if (line.getFormattedMessage().endsWith("request=" + requestId)) {
          return line.getMDCPropertyMap();
        }
      }
      Thread.sleep(100);
    }
    throw new AssertionError("No line of request " + requestId + " in " + lines.list);
  }

  @Override
  public void close() {
    logger.detachAppender(lines);
    logger.setLevel(null);
  }
}
