package org.etlsandbox.betaapi;

import java.net.URI;
import java.util.Map;
import java.util.Set;
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

  private TestDatabase database;
  private RunningApi api;

  @BeforeAll
  void start() {
    database = TestEngines.postgreSql().newDatabase();
    database.execute(TestDestination.schema());
    FlatRows.insert(database, FlatRow.row(5, 1, 1), FlatRow.row(5, 2, 1), FlatRow.row(6, 3, 2));
    api =
        new RunningApi(
            "--etl.query.url=" + database.url(),
            "--etl.query.username=" + database.username(),
            "--etl.query.password=" + database.password());
  }

  @AfterAll
  void stop() {
    api.close();
    database.close();
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
    return Map.of("rentalId", "5", "from", "0", "to", "100");
  }

  @Override
  public Set<String> secrets() {
    return Set.of(database.password());
  }
}
