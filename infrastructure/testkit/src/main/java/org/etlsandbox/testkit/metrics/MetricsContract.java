package org.etlsandbox.testkit.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.etlsandbox.testkit.access.TestTokens;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code docs/metrics.md} and a service say the same. Needs no database: what is to be counted is
 * there with 0 from the start.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class MetricsContract {

  private static final String NOBODYS = "7f3a";
  private Scrape scrape = new Scrape("");

  private static final String OURS = "etl_";

  /** The word of the column "in". */
  protected abstract String kind();

  /** The service, not yet running. */
  protected abstract SpringApplicationBuilder application();

  /** Arguments of the service, besides ports and tokens. */
  protected abstract List<String> arguments();

  /** A path on the service's own port, which is asked for before the scrape. */
  protected abstract String path();

  @BeforeAll
  void startAndScrape() throws Exception {
    scrape =
        scrape(path(), "/api/v1/" + NOBODYS, "/nobody/serves/" + NOBODYS, path() + "?" + NOBODYS);
  }

  @Test
  void thePageAndTheServiceSayTheSame() {
    List<Meter> documented = MetricsPage.read().of(kind());
    List<Meter> exposed = scrape.meters();

    assertThat(exposed.stream().filter(MetricsContract::isOurs))
        .as("meters of ours; expected are those of docs/metrics.md")
        .containsExactlyInAnyOrderElementsOf(
            documented.stream().filter(MetricsContract::isOurs).toList());

    Map<String, Meter> byName =
        exposed.stream().collect(Collectors.toMap(Meter::name, meter -> meter));
    List<Meter> promised = documented.stream().filter(meter -> !isOurs(meter)).toList();
    assertThat(promised).as("meters of the frameworks in docs/metrics.md").isNotEmpty();
    for (Meter meter : promised) {
      assertThat(byName).containsKey(meter.name());
      assertThat(byName.get(meter.name()))
          .as(meter.name())
          .satisfies(found -> {
            assertThat(found.type()).isEqualTo(meter.type());
            assertThat(found.tags().keySet()).containsAll(meter.tags().keySet());
          });
    }
  }

  /** Whoever asks for many paths must not make many series. */
  @Test
  void aPathThatNobodyServesIsNoValueOfATag() {
    List<String> uris =
        scrape.meters().stream()
            .filter(meter -> meter.name().equals("http_server_requests_seconds"))
            .flatMap(meter -> meter.tags().getOrDefault("uri", new TreeSet<>()).stream())
            .toList();

    assertThat(uris).isNotEmpty().noneMatch(uri -> uri.contains(NOBODYS));
  }

  private static boolean isOurs(Meter meter) {
    return meter.name().startsWith(OURS);
  }

  private Scrape scrape(String... paths) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(arguments());
    all.add("--server.port=0");
    all.add("--management.server.port=0");
    String[] arguments = TestTokens.arguments(all.toArray(String[]::new));
    try (ConfigurableApplicationContext service = application().run(arguments);
        HttpClient http = HttpClient.newHttpClient()) {
      for (String path : paths) {
        get(http, service, "local.server.port", path, TestTokens.bearer("etl.read"));
      }
      String text =
          get(
              http,
              service,
              "local.management.port",
              "/actuator/prometheus",
              "Bearer " + TestTokens.SCRAPE_TOKEN);
      return new Scrape(text);
    }
  }

  private static String get(
      HttpClient http,
      ConfigurableApplicationContext service,
      String port,
      String path,
      String bearer)
      throws IOException, InterruptedException {
    String address = "http://127.0.0.1:" + service.getEnvironment().getRequiredProperty(port);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path)).header("Authorization", bearer).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
