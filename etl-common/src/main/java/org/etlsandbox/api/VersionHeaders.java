package org.etlsandbox.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.etlsandbox.api.ApiProperties.Version;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Says on every answer of a deprecated version that it is, and until when it answers.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9745">RFC 9745, Deprecation</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8594">RFC 8594, Sunset</a>
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class VersionHeaders extends OncePerRequestFilter {

  private static final String ROOT = "/api/";

  private final ApiProperties properties;

  VersionHeaders(ApiProperties properties) {
    this.properties = properties;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Version version = properties.versions().get(versionOf(request.getRequestURI()));
    if (version != null) {
      write(version, response);
    }
    chain.doFilter(request, response);
  }

  private static String versionOf(String path) {
    if (!path.startsWith(ROOT)) {
      return "";
    }
    int end = path.indexOf('/', ROOT.length());
    return path.substring(ROOT.length(), end < 0 ? path.length() : end);
  }

  private static void write(Version version, HttpServletResponse response) {
    LocalDate deprecated = version.deprecated();
    if (deprecated != null) {
      response.setHeader(
          "Deprecation", "@" + deprecated.atStartOfDay(ZoneOffset.UTC).toEpochSecond());
    }
    LocalDate sunset = version.sunset();
    if (sunset != null) {
      response.setDateHeader(
          "Sunset", sunset.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli());
    }
    URI successor = version.successor();
    if (successor != null) {
      response.addHeader(
          HttpHeaders.LINK, "<%s>; rel=\"deprecation\"".formatted(successor.toASCIIString()));
    }
  }
}
