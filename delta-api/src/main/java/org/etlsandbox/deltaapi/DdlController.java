package org.etlsandbox.deltaapi;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/ddl")
class DdlController {

  // The charset belongs to it: without, a client may guess another one
  private static final String SQL = "text/plain;charset=UTF-8";

  /** The suite's own table; text for those who do not say what they accept. */
  @GetMapping(
      path = "/customer-order-flat",
      produces = {DdlController.SQL, MediaType.APPLICATION_JSON_VALUE})
  TableDefinition customerOrderFlat(@RequestParam(required = false) @Nullable String dialect) {
    return Dialect.of(dialect).customerOrderFlat();
  }
}
