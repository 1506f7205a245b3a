package org.etlsandbox.api;

import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.models.GroupedOpenApi;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/** Describes an API by OpenAPI 3.1, a group for each version. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(GroupedOpenApi.class)
@ConditionalOnProperty("springdoc.api-docs.enabled")
class OpenApiConfiguration {

  private static final String TOKEN = "token";
  private static final String PROBLEM = "Problem";

  /** The page's own scripts; it writes styles into itself. */
  private static final String PAGE_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
          + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
          + "frame-ancestors 'none'";

  private static final Map<String, String> PROBLEMS = problems();

  private static Map<String, String> problems() {
    Map<String, String> problems = new LinkedHashMap<>();
    problems.put("400", "A parameter is unknown, given twice, or not of the form it must have");
    problems.put("401", "There is no valid token");
    problems.put("403", "The token's roles do not reach");
    problems.put("404", "There is no such thing");
    problems.put("406", "It cannot be had in any of the accepted media types");
    problems.put("429", "Too many requests; Retry-After says how long to wait");
    problems.put("503", "A database cannot be read now");
    return problems;
  }

  @Bean
  OpenAPI description(@Value("${spring.application.name}") String service) {
    return new OpenAPI()
        .info(
            new Info()
                .title(service)
                .version("v1")
                .description("All answers but errors are of the form told; errors are of RFC 9457.")
                .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
        .components(
            new Components()
                .addSecuritySchemes(
                    TOKEN,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .bearerFormat("JWT"))
                .addSchemas(PROBLEM, problem()))
        .addSecurityItem(new SecurityRequirement().addList(TOKEN));
  }

  /**
   * The description and the page to try it on are for everybody: they are the same as in the
   * project's documents, and a browser could not send a token for them. They call nothing by
   * themselves.
   */
  @Bean
  @Order(0)
  SecurityFilterChain descriptions(HttpSecurity http) {
    http.securityMatcher("/v3/api-docs/**", "/swagger-ui/**", "/swagger-ui.html");
    http.authorizeHttpRequests(
        requests -> requests.requestMatchers(HttpMethod.GET).permitAll().anyRequest().denyAll());
    http.sessionManagement(
        session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
    http.requestCache(AbstractHttpConfigurer::disable);
    http.logout(AbstractHttpConfigurer::disable);
    http.headers(
        headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(PAGE_POLICY)));
    return http.build();
  }

  @Bean
  ModelConverter nullableComponents() {
    return new NullableComponents();
  }

  @Bean
  GroupedOpenApi firstVersion() {
    return GroupedOpenApi.builder().group("v1").pathsToMatch("/api/v1/**").build();
  }

  @Bean
  GlobalOperationCustomizer problemsOfEveryOperation() {
    return (operation, method) -> {
      PROBLEMS.forEach((status, meaning) -> addProblem(operation, status, meaning));
      return operation;
    };
  }

  private static void addProblem(Operation operation, String status, String meaning) {
    if (!operation.getResponses().containsKey(status)) {
      operation.getResponses().addApiResponse(status, answer(meaning));
    }
  }

  private static ApiResponse answer(String meaning) {
    Schema<?> reference = new Schema<>().$ref("#/components/schemas/" + PROBLEM);
    return new ApiResponse()
        .description(meaning)
        .content(
            new Content()
                .addMediaType("application/problem+json", new MediaType().schema(reference)));
  }

  private static Schema<?> problem() {
    return new ObjectSchema()
        .addProperty("type", new StringSchema())
        .addProperty("title", new StringSchema())
        .addProperty("status", new IntegerSchema())
        .addProperty("detail", new StringSchema())
        .addProperty("instance", new StringSchema())
        .addProperty("requestId", new StringSchema())
        .addRequiredItem("title")
        .addRequiredItem("status");
  }
}
