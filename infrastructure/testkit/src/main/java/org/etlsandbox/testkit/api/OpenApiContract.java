package org.etlsandbox.testkit.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etlsandbox.testkit.api.ApiClient.Answer;
import org.etlsandbox.testkit.api.OpenApiDocument.Operation;
import org.etlsandbox.testkit.api.OpenApiDocument.Parameter;
import org.junit.jupiter.api.Test;

/**
 * What an API that describes itself has to keep: the description is of what runs, and no value of
 * any parameter makes the service fail or tell what it should not.
 */
public interface OpenApiContract {

  /** Words that only the inside of the service knows. */
  List<String> INSIDE =
      List.of(
          "Exception",
          "\tat ",
          "org.etlsandbox",
          "org.springframework",
          "org.hibernate",
          "java.lang",
          "jdbc:",
          "SQLState",
          "syntax error");

  /** Where the API answers, without a path. */
  URI address();

  /** Sent with every request. */
  Map<String, String> headers();

  /** The paths that the service has for this version: {@code /api/v1/things/{id}}. */
  Set<String> paths();

  /** A value for each parameter that is needed; with them, every operation answers with 200. */
  Map<String, String> values();

  /** What no answer may hold. */
  Set<String> secrets();

  @Test
  default void theDescriptionIsOfVersion31AndNamesAllPathsAndNoOthers() {
    OpenApiDocument document = document();
    assertThat(document.version()).startsWith("3.1");
    assertThat(document.operations().stream().map(Operation::path).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(paths());
  }

  @Test
  default void everyOperationAnswersAsItIsDescribed() {
    OpenApiDocument document = document();
    ApiClient client = client();
    for (Operation operation : document.operations()) {
      Answer answer = client.get(operation.request(needed(operation)));
      assertThat(answer.status()).as("%s: %s", answer.request(), answer.body()).isEqualTo(200);
      assertThat(document.differences(operation, answer))
          .as("%s: %s", answer.request(), answer.body())
          .isEmpty();
    }
  }

  @Test
  default void noValueOfAnyParameterMakesTheServiceFail() {
    OpenApiDocument document = document();
    ApiClient client = client();
    List<String> wrong = new ArrayList<>();
    Map<Integer, Integer> statuses = new HashMap<>();
    for (Operation operation : document.operations()) {
      for (String request : hostile(operation)) {
        Answer answer = client.get(request);
        statuses.merge(answer.status(), 1, Integer::sum);
        faults(document, operation, answer)
            .forEach(fault -> wrong.add("%s: %s".formatted(cut(request), fault)));
      }
    }
    assertThat(wrong).as("of answers by status %s", statuses).isEmpty();
    assertThat(statuses).as("both are tried").containsKeys(200, 400);
  }

  @Test
  default void thereIsAPageToTryItOn() {
    Answer page = client().get("/swagger-ui/index.html");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.contentType()).isEqualTo("text/html");
    assertThat(client().get("/v3/api-docs/swagger-config").body()).contains("/v3/api-docs/v1");
  }

  private List<String> hostile(Operation operation) {
    List<String> requests = new ArrayList<>();
    String plain = operation.request(needed(operation));
    requests.add(plain + (plain.contains("?") ? "&" : "?") + "unheardOf=1");
    for (Parameter parameter : operation.parameters()) {
      Map<String, String> values = new LinkedHashMap<>(needed(operation));
      if (parameter.in().equals("query")) {
        values.remove(parameter.name());
        requests.add(operation.request(values));
        values.put(parameter.name(), "1");
        requests.add(operation.request(values) + "&" + parameter.name() + "=2");
        // Bytes that are no UTF-8
        values.remove(parameter.name());
        String others = operation.request(values);
        requests.add(others + (others.contains("?") ? "&" : "?") + parameter.name() + "=%ff%fe");
      }
      for (String value : HostileValues.ALL) {
        values.put(parameter.name(), value);
        requests.add(operation.request(values));
      }
    }
    return requests;
  }

  private List<String> faults(OpenApiDocument document, Operation operation, Answer answer) {
    List<String> faults = new ArrayList<>();
    if (answer.status() >= 500) {
      faults.add("status %d: %s".formatted(answer.status(), cut(answer.body())));
    } else if (answer.status() >= 400) {
      if (!answer.contentType().equals("application/problem+json")) {
        faults.add("status %d as '%s'".formatted(answer.status(), answer.contentType()));
      }
    } else {
      document
          .differences(operation, answer)
          .forEach(difference -> faults.add("not as described: " + cut(difference)));
    }
    Stream.concat(INSIDE.stream(), secrets().stream())
        .filter(answer.body()::contains)
        .forEach(word -> faults.add("tells '%s': %s".formatted(word, cut(answer.body()))));
    return faults;
  }

  private Map<String, String> needed(Operation operation) {
    Map<String, String> needed = new LinkedHashMap<>();
    Set<String> unknown = new TreeSet<>();
    for (Parameter parameter : operation.parameters()) {
      String value = values().get(parameter.name());
      if (parameter.required() && value == null) {
        unknown.add(parameter.name());
      } else if (parameter.required() && value != null) {
        needed.put(parameter.name(), value);
      }
    }
    assertThat(unknown).as("%s: parameters without a value to try", operation.path()).isEmpty();
    return needed;
  }

  private OpenApiDocument document() {
    Answer answer = client().get("/v3/api-docs/v1");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return new OpenApiDocument(answer.body());
  }

  private ApiClient client() {
    return new ApiClient(address(), headers());
  }

  private static String cut(String text) {
    return text.length() <= 300 ? text : text.substring(0, 300) + "…";
  }
}
