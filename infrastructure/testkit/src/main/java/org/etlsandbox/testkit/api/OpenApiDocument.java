package org.etlsandbox.testkit.api;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The description of an API, as OpenAPI 3.1: schemas are JSON Schema 2020-12. */
final class OpenApiDocument {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final JsonNode root;
  private final SchemaRegistry schemas =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  OpenApiDocument(String text) {
    this.root = JSON.readTree(text);
  }

  /**
   * @param in {@code path} or {@code query}
   */
  record Parameter(String name, String in, boolean required) {}

  /** A GET; the APIs have no other operations. */
  record Operation(String path, List<Parameter> parameters, JsonNode responses) {

    /** The path and the query, with these values. */
    String request(Map<String, String> values) {
      String filled = path;
      Map<String, String> query = new java.util.LinkedHashMap<>();
      for (Parameter parameter : parameters) {
        String value = values.get(parameter.name());
        if (parameter.in().equals("path")) {
          filled =
              filled.replace(
                  "{" + parameter.name() + "}",
                  ApiClient.encoded(value == null ? "missing" : value));
        } else if (value != null) {
          query.put(parameter.name(), value);
        }
      }
      return filled + ApiClient.query(query);
    }
  }

  String version() {
    return root.path("openapi").asString();
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    root.path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(method ->
                    operations.add(
                        new Operation(
                            method.getKey().equals("get")
                                ? path.getKey()
                                : method.getKey() + " " + path.getKey(),
                            parameters(method.getValue()),
                            method.getValue().path("responses")))));
    return operations;
  }

  private static List<Parameter> parameters(JsonNode operation) {
    return operation
        .path("parameters")
        .valueStream()
        .map(one ->
            new Parameter(
                one.path("name").asString(),
                one.path("in").asString(),
                one.path("required").asBoolean(false)))
        .toList();
  }

  /** What is not as described in an answer; empty where all of it is. */
  List<String> differences(Operation operation, ApiClient.Answer answer) {
    JsonNode response = operation.responses().path(Integer.toString(answer.status()));
    if (response.isMissingNode()) {
      return List.of("status %d is not described".formatted(answer.status()));
    }
    JsonNode content = response.path("content").path(answer.contentType());
    if (content.isMissingNode()) {
      return List.of(
          "%s is not described for status %d".formatted(answer.contentType(), answer.status()));
    }
    boolean json = answer.contentType().endsWith("json") && !answer.contentType().contains("nd");
    return json ? validate(content.get("schema"), answer.body()) : List.of();
  }

  private List<String> validate(@Nullable JsonNode schema, String body) {
    if (schema == null) {
      return List.of("there is no schema");
    }
    ObjectNode whole = ((ObjectNode) schema).deepCopy();
    whole.set("components", root.path("components"));
    Schema compiled = schemas.getSchema(whole);
    return compiled.validate(JSON.readTree(body)).stream().map(Error::toString).toList();
  }
}
