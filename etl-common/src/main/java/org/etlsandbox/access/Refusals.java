package org.etlsandbox.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.BearerTokenError;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/**
 * Answers what may not be called: which token is missing, why one is not accepted, which role it
 * lacks. Challenges are those of RFC 6750.
 */
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
  private static final String SECONDS_UNTIL_ISSUER_IS_ASKED_AGAIN = "3";

  private final DeclaredEndpoints endpoints;
  private final AuditTrail audit;

  Refusals(DeclaredEndpoints endpoints, AuditTrail audit) {
    this.endpoints = endpoints;
    this.audit = audit;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
      throws IOException {
    rememberRoute(request);
    if (refused instanceof AuthenticationServiceException) {
      LOG.warn("Tokens cannot be checked: {}", refused.getMessage());
      response.setHeader(HttpHeaders.RETRY_AFTER, SECONDS_UNTIL_ISSUER_IS_ASKED_AGAIN);
      Problem.answer(
          request,
          response,
          HttpStatus.SERVICE_UNAVAILABLE,
          "The token cannot be checked: its issuer does not answer. Try again in a moment.");
    } else if (refused instanceof OAuth2AuthenticationException token) {
      notAccepted(request, response, token);
    } else {
      audit.refused(request, "AUTHENTICATION_FAILURE", "no token");
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, new Challenge().toString());
      Problem.answer(
          request,
          response,
          HttpStatus.UNAUTHORIZED,
          "A token is needed: send 'Authorization: Bearer <token>'.");
    }
  }

  private void notAccepted(
      HttpServletRequest request, HttpServletResponse response, OAuth2AuthenticationException token)
      throws IOException {
    String reason = String.valueOf(token.getError().getDescription());
    audit.refused(request, "AUTHENTICATION_FAILURE", reason);
    HttpStatus status =
        token.getError() instanceof BearerTokenError error
            ? error.getHttpStatus()
            : HttpStatus.UNAUTHORIZED;
    response.setHeader(
        HttpHeaders.WWW_AUTHENTICATE,
        new Challenge()
            .with("error", token.getError().getErrorCode())
            .with("error_description", reason)
            .toString());
    Problem.answer(request, response, status, "The token is not accepted: " + reason);
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
      throws IOException {
    rememberRoute(request);
    Set<HttpMethod> methods = endpoints.methods(request);
    Optional<EndpointRole> endpoint = endpoints.of(request);
    if (endpoint.isEmpty() && !methods.isEmpty()) {
      methodNotAllowed(request, response, methods);
      return;
    }
    audit.refused(request, "AUTHORIZATION_FAILURE", "role missing");
    Challenge challenge = new Challenge().with("error", "insufficient_scope");
    String detail =
        endpoint
            .map(declared -> {
              challenge.with("scope", declared.role().claim());
              return "The token needs the role %s for this.".formatted(declared.role().claim());
            })
            .orElse("No role of the token opens this path.");
    response.setHeader(
        HttpHeaders.WWW_AUTHENTICATE, challenge.with("error_description", detail).toString());
    Problem.answer(request, response, HttpStatus.FORBIDDEN, detail);
  }

  private static void methodNotAllowed(
      HttpServletRequest request, HttpServletResponse response, Set<HttpMethod> methods)
      throws IOException {
    String allowed =
        methods.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", "));
    response.setHeader(HttpHeaders.ALLOW, allowed);
    Problem.answer(
        request,
        response,
        HttpStatus.METHOD_NOT_ALLOWED,
        "This path takes %s only.".formatted(allowed));
  }

  private void rememberRoute(HttpServletRequest request) {
    endpoints.of(request).ifPresent(declared -> AccessLog.route(request, declared.pattern()));
  }
}
