package org.etlsandbox.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.HandlerMapping;

/** One line for each call: who, what, with which result. Never a URL as it was sent. */
public final class AccessLog {

  private static final Logger LOG = LoggerFactory.getLogger("org.etlsandbox.access");
  private static final String SUBJECT = AccessLog.class.getName() + ".subject";
  private static final String ROUTE = AccessLog.class.getName() + ".route";
  private static final String WRITTEN = AccessLog.class.getName() + ".written";

  private AccessLog() {}

  /** Remembers who the caller is. */
  static void subject(HttpServletRequest request, String subject) {
    request.setAttribute(SUBJECT, subject);
  }

  /** Remembers the route of a request that no handler will see. */
  static void route(HttpServletRequest request, String route) {
    request.setAttribute(ROUTE, route);
  }

  /** The pattern of the path, null where there is none. */
  static @Nullable String routeOf(HttpServletRequest request) {
    Object handled = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    Object route = handled == null ? request.getAttribute(ROUTE) : handled;
    return route == null ? null : route.toString();
  }

  /**
   * Writes the line of a call that is over, unless it has been written.
   *
   * @param began {@code System.nanoTime()} when it began
   */
  public static void write(HttpServletRequest request, int status, long began) {
    if (request.getAttribute(WRITTEN) != null) {
      return;
    }
    request.setAttribute(WRITTEN, true);
    LOG.info(
        "subject={} method={} route={} status={} ms={} port={} request={}",
        LogText.of(request.getAttribute(SUBJECT)),
        LogText.of(request.getMethod()),
        LogText.of(routeOf(request)),
        status,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began),
        request.getLocalPort(), // which service, where several share a log
        RequestId.of(request));
  }
}
