package org.etlsandbox.access;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What a logger writes while this is open. */
final class LogLines implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger logger;
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(event.getFormattedMessage());
        }
      };

  LogLines(String name) {
    logger = (Logger) LoggerFactory.getLogger(name);
    appender.start();
    logger.addAppender(appender);
  }

  List<String> lines() {
    return lines;
  }

  /** A line is written when the call is over, which its caller may know a moment before. */
  String await(String part) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      for (String line : lines) {
        if (line.contains(part)) {
          return line;
        }
      }
      Thread.sleep(10);
    }
    throw new AssertionError("No line with '%s' among %s".formatted(part, lines));
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
  }
}
