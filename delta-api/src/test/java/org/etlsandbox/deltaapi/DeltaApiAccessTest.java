package org.etlsandbox.deltaapi;

import java.util.List;
import org.etlsandbox.testkit.access.AccessContract;
import org.springframework.boot.builder.SpringApplicationBuilder;

class DeltaApiAccessTest extends AccessContract {

  @Override
  protected SpringApplicationBuilder application() {
    return DeltaApi.application();
  }

  @Override
  protected List<String> arguments() {
    return List.of();
  }

  @Override
  protected List<Call> readable() {
    String ddl = "/api/v1/ddl";
    return List.of(
        get(ddl, 200),
        get(ddl + "/customer-order-flat?dialect=clickhouse", 200),
        get(ddl + "/customer-order-flat?dialect=none", 400),
        get(ddl + "/jupiter/sakila/film?dialect=clickhouse", 404));
  }
}
