package org.etlsandbox.betaapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.etlsandbox.betaapi.FlatRow.row;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.etlsandbox.control.Checkpoints;
import org.etlsandbox.control.ControlDatabase;
import org.etlsandbox.control.RunKind;
import org.etlsandbox.control.RunLedger;
import org.etlsandbox.control.WorkerRegister;
import org.etlsandbox.destination.RefreshResult;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.refresh.ScopeOutcome;
import org.etlsandbox.source.SourceTable;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

/** What the headers say, by the books that a worker really keeps. */
class FreshnessTest {

  private static final String WORKER = "alpha-worker";
  private static final Instant LOAD_WATERMARK = Instant.parse("2020-01-01T00:00:00Z");

  private static final List<String> DATA =
      List.of(
          "/max-id",
          "/range?from=0&to=5",
          "",
          "?limit=1",
          "/1",
          "/aggregates/categories",
          "/aggregates/months",
          "/aggregates/customers",
          "/export?format=csv",
          "/export?format=ndjson");

  private final TestDatabase destination = TestEngines.postgreSql().newDatabase();
  private final TestDatabase books = TestEngines.postgreSql().newDatabase();
  private final ControlDatabase control = new ControlDatabase(books.settings());
  private final WorkerRegister register = new WorkerRegister(control, WORKER);
  private final RunLedger ledger = new RunLedger(control, WORKER);
  private RunningApi api;

  @BeforeEach
  void start() {
    destination.execute(TestDestination.schema());
    FlatRows.insert(destination, row(1, 1, 1), row(2, 2, 1));
    api =
        new RunningApi(
            "--etl.query.url=" + destination.url(),
            "--etl.query.username=" + destination.username(),
            "--etl.query.password=" + destination.password(),
            "--control.url=" + books.url(),
            "--control.username=" + books.username(),
            "--control.password=" + books.password());
  }

  @AfterEach
  void stop() {
    api.close();
    control.close();
    books.close();
    destination.close();
  }

  @Test
  void headersFollowTheWorker() {
    // The control database is empty, then knows no such worker
    assertThat(headers("/max-id")).satisfies(FreshnessTest::sayNothing);
    awaitHealth("not known: the control database cannot be read (SQLState 42P01)");
    control.migrate();
    awaitHealth("not known: the control database knows no worker 'alpha-worker'");
    register.register();
    awaitHealth("\"freshness\":\"known\"");

    long epoch = register.nextEpoch(0);
    register.beginLoad(UUID.randomUUID(), 2, LOAD_WATERMARK, epoch);
    RunLedger.Run load = ledger.begin(RunKind.LOAD, epoch);
    HttpHeaders loading = awaitHeaders("/max-id", found -> found.getETag() == null);
    assertThat(loading.getFirst("Data-Complete-To")).isNull();
    assertThat(loading.getCacheControl()).isEqualTo("no-cache, private");

    ledger.record(load, List.of(outcome(2)));
    ledger.finish(load, null);
    register.finishLoad(epoch);
    HttpHeaders loaded =
        awaitHeaders("/max-id", found -> found.getFirst("Data-Complete-To") != null);
    assertThat(loaded.getFirst("Data-Complete-To")).isEqualTo("2020-01-01T00:00:00Z");
    assertThat(Long.parseLong(loaded.getFirst("Data-Age")))
        .isGreaterThan(Duration.ofDays(365).toSeconds());
    assertThat(loaded.getETag()).startsWith("W/\"");
    assertThat(Instant.ofEpochMilli(loaded.getLastModified()))
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));

    Instant later = Instant.parse("2020-01-01T00:00:05.25Z");
    new Checkpoints(control, WORKER).advance(List.of(SourceTable.RENTAL), later, epoch);
    new Checkpoints(control, WORKER)
        .advance(List.of(SourceTable.values()), later.minusSeconds(1), epoch);
    HttpHeaders polled =
        awaitHeaders(
            "/max-id", found -> !"2020-01-01T00:00:00Z".equals(found.getFirst("Data-Complete-To")));
    // The least of all tables
    assertThat(polled.getFirst("Data-Complete-To")).isEqualTo("2020-01-01T00:00:04.250Z");
    assertThat(polled.getETag()).isEqualTo(loaded.getETag());

    aKnownTagSparesTheDestination(everyAnswerHasATagOfItsOwn());

    String before = headers("").getETag();
    RunLedger.Run run = ledger.begin(RunKind.POLL, epoch);
    HttpHeaders underWay = awaitHeaders("", found -> found.getETag() == null);
    assertThat(underWay.getFirst("Data-Complete-To")).isNotNull();
    assertThat(status("", before)).isEqualTo(200);
    ledger.discard(run);
    awaitHeaders("", found -> before.equals(found.getETag()));

    RunLedger.Run another = ledger.begin(RunKind.POLL, epoch);
    ledger.record(another, List.of(outcome(1)));
    ledger.finish(another, null);
    awaitHeaders("", found -> found.getETag() != null && !before.equals(found.getETag()));
    assertThat(status("", before)).isEqualTo(200);
    assertThat(headers("").getLastModified()).isGreaterThanOrEqualTo(loaded.getLastModified());
  }

  private Map<String, String> everyAnswerHasATagOfItsOwn() {
    Map<String, String> tags = new HashMap<>();
    for (String uri : DATA) {
      HttpHeaders found = headers(uri);
      assertThat(found.getFirst("Data-Complete-To")).as(uri).isNotNull();
      assertThat(found.getFirst("Data-Age")).as(uri).isNotNull();
      assertThat(found.getLastModified()).as(uri).isPositive();
      assertThat(found.getCacheControl()).as(uri).isEqualTo("no-cache, private");
      tags.put(uri, found.getETag());
    }
    assertThat(new HashSet<>(tags.values())).doesNotContainNull().hasSameSizeAs(DATA);
    // The same parameters in another order are the same question
    assertThat(headers("?limit=1&open=true").getETag())
        .isEqualTo(headers("?open=true&limit=1").getETag());
    assertThat(headers("?includeDeleted=true").getETag()).isNull();
    return tags;
  }

  private void aKnownTagSparesTheDestination(Map<String, String> tags) {
    destination.execute("ALTER VIEW customer_order_flat_current RENAME TO hidden");
    for (String uri : DATA) {
      String tag = tags.get(uri);
      assertThat(status(uri, "W/\"other\"")).as(uri).isEqualTo(503);
      assertThat(status(uri, tag)).as(uri).isEqualTo(304);
      assertThat(status(uri, "\"other\", " + tag)).as(uri).isEqualTo(304);
      // As a strong one: compared weakly
      assertThat(status(uri, tag.substring(2))).as(uri).isEqualTo(304);
    }
    // What is refused is refused, whatever the client has
    assertThat(status("?limit=0", "*")).isEqualTo(400);
    destination.execute("ALTER VIEW hidden RENAME TO customer_order_flat_current");
  }

  @Test
  void anAnswerNeedsNoControlDatabase() {
    try (RunningApi alone =
        new RunningApi(
            "--etl.query.url=" + destination.url(),
            "--etl.query.username=" + destination.username(),
            "--etl.query.password=" + destination.password(),
            "--etl.query.control.url=jdbc:postgresql://127.0.0.1:1/nowhere")) {
      for (String uri : DATA) {
        HttpHeaders found = headers(alone, uri);
        assertThat(found).as(uri).satisfies(FreshnessTest::sayNothing);
        assertThat(found.getCacheControl()).as(uri).isEqualTo("no-cache, private");
      }
      awaitHealth(alone, "not known: the control database cannot be read");
    }
  }

  private static void sayNothing(HttpHeaders headers) {
    assertThat(headers.headerNames())
        .doesNotContain("ETag", "Last-Modified", "Data-Complete-To", "Data-Age");
  }

  private static ScopeOutcome outcome(long to) {
    return new ScopeOutcome(
        new RefreshScope.Range(0, to), 1, new RefreshResult(to, to, 0, 0, 0), to, Map.of());
  }

  private HttpHeaders headers(String uri) {
    return headers(api, uri);
  }

  private static HttpHeaders headers(RunningApi api, String uri) {
    return api.getAt(RunningApi.FLATS + uri)
        .expectStatus()
        .isOk()
        .expectBody()
        .returnResult()
        .getResponseHeaders();
  }

  private int status(String uri, String tag) {
    return api.client()
        .get()
        .uri(RunningApi.FLATS + uri)
        .header("If-None-Match", tag)
        .exchange()
        .expectBody()
        .returnResult()
        .getStatus()
        .value();
  }

  // A state holds for a tenth of a second
  private HttpHeaders awaitHeaders(String uri, Predicate<HttpHeaders> wanted) {
    return await().atMost(Duration.ofSeconds(10)).until(() -> headers(uri), wanted::test);
  }

  private void awaitHealth(String part) {
    awaitHealth(api, part);
  }

  private static void awaitHealth(RunningApi api, String part) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThat(
                    api.management()
                        .get()
                        .uri("/actuator/health")
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody())
                .contains(part));
  }
}
