package org.etlsandbox.betaapi;

import java.nio.charset.StandardCharsets;
import org.etlsandbox.testkit.engine.TestDatabase;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What rules need: a running API, and an empty destination that it reads. */
interface QueryRules {

  RunningApi api();

  TestDatabase database();

  default void given(FlatRow... rows) {
    FlatRows.insert(database(), rows);
  }

  /**
   * @param uri below the flats, encoded
   */
  default String body(String uri) {
    byte[] body =
        api()
            .getAt(RunningApi.FLATS + uri)
            .expectStatus()
            .isOk()
            .expectBody()
            .returnResult()
            .getResponseBody();
    return body == null ? "" : new String(body, StandardCharsets.UTF_8);
  }

  default JsonNode json(String uri) {
    return JsonMapper.shared().readTree(body(uri));
  }

  /** {@code rental/payment/category} of each row, with blanks between. */
  static String keys(JsonNode rows) {
    StringBuilder keys = new StringBuilder();
    for (JsonNode row : rows) {
      keys.append(keys.isEmpty() ? "" : " ")
          .append(row.get("rentalId").asLong())
          .append('/')
          .append(row.get("paymentId").asLong())
          .append('/')
          .append(row.get("categoryId").asLong());
    }
    return keys.toString();
  }
}
