package org.etlsandbox.access;

import org.springframework.http.HttpMethod;

/**
 * Which role a path needs. A service declares its paths as beans of this type; whatever no bean
 * declares is refused.
 *
 * @param method the method that is declared; GET includes HEAD
 * @param pattern of {@code PathPattern}: {@code /api/v1/status}, {@code /api/v1/ddl/**}
 * @param role the least that opens it
 */
public record EndpointRole(HttpMethod method, String pattern, Role role) {

  /** What answers to GET and HEAD. */
  public static EndpointRole get(String pattern, Role role) {
    return new EndpointRole(HttpMethod.GET, pattern, role);
  }
}
