package org.etlsandbox.deltaapi;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.etlsandbox.testkit.access.TestTokens;
import org.etlsandbox.testkit.api.MappedPaths;
import org.etlsandbox.testkit.api.OpenApiContract;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest implements OpenApiContract {

  private Databases databases;
  private RunningDdl api;

  @BeforeAll
  void start() {
    databases =
        new Databases()
            .with("jupiter", TestEngines.mySql())
            .with("neptune", TestEngines.postgreSql());
    databases
        .of("jupiter")
        .execute("CREATE TABLE film (id int PRIMARY KEY, title varchar(20) NOT NULL DEFAULT 'x')");
    api = RunningDdl.of(databases.bySource());
  }

  @AfterAll
  void stop() {
    api.close();
    databases.close();
  }

  @Override
  public URI address() {
    return api.address();
  }

  @Override
  public Map<String, String> headers() {
    return Map.of("Authorization", TestTokens.bearer("etl.read"));
  }

  @Override
  public Set<String> paths() {
    return MappedPaths.of(api.context, "/api/v1/");
  }

  @Override
  public Map<String, String> values() {
    return Map.of(
        "source",
        "jupiter",
        "schema",
        databases.schema("jupiter"),
        "table",
        "film",
        "dialect",
        "clickhouse");
  }

  @Override
  public Set<String> secrets() {
    Set<String> secrets = new TreeSet<>();
    databases.bySource().values().stream().map(TestDatabase::password).forEach(secrets::add);
    return secrets;
  }
}
