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

  /** The suite's own table; text for those who do not say what they accept. */
  @GetMapping(
      path = "/customer-order-flat",
      produces = {MediaType.TEXT_PLAIN_VALUE, MediaType.APPLICATION_JSON_VALUE})
  TableDefinition customerOrderFlat(@RequestParam(required = false) @Nullable String dialect) {
    return Dialect.of(dialect).customerOrderFlat();
  }
}
