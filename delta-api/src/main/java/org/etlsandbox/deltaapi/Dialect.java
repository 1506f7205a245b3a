package org.etlsandbox.deltaapi;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.etlsandbox.clickhouse.ClickHouseSchema;
import org.etlsandbox.service.InvalidParameterException;
import org.jspecify.annotations.Nullable;

/** The SQL dialects in which the suite's own table can be had, each defined by its adapter. */
enum Dialect {
  CLICKHOUSE("clickhouse", ClickHouseSchema::tableDdl);

  private final String parameter;
  private final Supplier<String> customerOrderFlat;

  Dialect(String parameter, Supplier<String> customerOrderFlat) {
    this.parameter = parameter;
    this.customerOrderFlat = customerOrderFlat;
  }

  /**
   * Reads a request parameter.
   *
   * @throws InvalidParameterException naming the supported dialects
   */
  static Dialect of(@Nullable String value) {
    return Arrays.stream(values())
        .filter(dialect -> dialect.parameter.equals(value))
        .findFirst()
        .orElseThrow(
            () -> new InvalidParameterException("dialect", value, "be one of: " + supported()));
  }

  private static String supported() {
    return Arrays.stream(values())
        .map(dialect -> dialect.parameter)
        .collect(Collectors.joining(", "));
  }

  TableDefinition customerOrderFlat() {
    return new TableDefinition(parameter, "customer_order_flat", customerOrderFlat.get().strip());
  }
}
