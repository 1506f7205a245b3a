package org.etlsandbox.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** The paths that a service has declared, in the order of their declaration. */
final class DeclaredEndpoints {

  private final List<Declared> all;

  private record Declared(EndpointRole endpoint, RequestMatcher path, RequestMatcher request) {}

  DeclaredEndpoints(List<EndpointRole> endpoints) {
    this.all =
        endpoints.stream()
            .map(endpoint -> new Declared(endpoint, path(endpoint), request(endpoint)))
            .toList();
  }

  private static RequestMatcher path(EndpointRole endpoint) {
    return PathPatternRequestMatcher.withDefaults().matcher(endpoint.pattern());
  }

  static RequestMatcher request(EndpointRole endpoint) {
    var paths = PathPatternRequestMatcher.withDefaults();
    RequestMatcher declared = paths.matcher(endpoint.method(), endpoint.pattern());
    return endpoint.method() == HttpMethod.GET
        ? new OrRequestMatcher(declared, paths.matcher(HttpMethod.HEAD, endpoint.pattern()))
        : declared;
  }

  List<EndpointRole> all() {
    return all.stream().map(Declared::endpoint).toList();
  }

  /** The declaration that decides about a request. */
  Optional<EndpointRole> of(HttpServletRequest request) {
    return all.stream()
        .filter(declared -> declared.request().matches(request))
        .map(Declared::endpoint)
        .findFirst();
  }

  /** The methods that are declared for the path of a request. */
  Set<HttpMethod> methods(HttpServletRequest request) {
    return all.stream()
        .filter(declared -> declared.path().matches(request))
        .map(declared -> declared.endpoint().method())
        .collect(Collectors.toUnmodifiableSet());
  }
}
