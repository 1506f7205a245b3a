package org.etlsandbox.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import java.util.regex.Pattern;

/** The id by which a request is found in answers and logs: the caller's, or a new one. */
public final class RequestId {

  /** In requests and answers. */
  public static final String HEADER = "X-Request-Id";

  /** In problems and in the logging context. */
  public static final String NAME = "requestId";

  private static final String ATTRIBUTE = RequestId.class.getName();

  /** Nothing in it can break a header, a log line or a JSON text. */
  private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private RequestId() {}

  /** The id of a request, the same whenever it is asked for; never null. */
  public static String of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof String known) {
      return known;
    }
    String given = request.getHeader(HEADER);
    String id =
        given != null && ACCEPTED.matcher(given).matches() ? given : UUID.randomUUID().toString();
    request.setAttribute(ATTRIBUTE, id);
    return id;
  }
}
