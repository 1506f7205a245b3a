package org.etlsandbox.betaapi;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.context.request.ServletWebRequest;

/** Tells where the next page is, in a header (RFC 8288): the same request with another cursor. */
final class NextPage {

  private static final String CURSOR = "cursor";

  private NextPage() {}

  static void link(ServletWebRequest exchange, @Nullable String cursor) {
    HttpServletResponse response = exchange.getResponse();
    if (cursor != null && response != null) {
      response.setHeader(
          HttpHeaders.LINK, "<%s>; rel=\"next\"".formatted(address(exchange.getRequest(), cursor)));
    }
  }

  // Without a host: behind a proxy, only the client knows that
  private static String address(HttpServletRequest request, String cursor) {
    Stream<String> same =
        request.getParameterMap().entrySet().stream()
            .filter(parameter -> !parameter.getKey().equals(CURSOR))
            .map(NextPage::encoded);
    return Stream.concat(same, Stream.of(CURSOR + "=" + cursor))
        .collect(Collectors.joining("&", request.getRequestURI() + "?", ""));
  }

  // Each is given once: KnownParameters has seen to it
  private static String encoded(Map.Entry<String, String[]> parameter) {
    return parameter.getKey()
        + "="
        + URLEncoder.encode(parameter.getValue()[0], StandardCharsets.UTF_8);
  }
}
