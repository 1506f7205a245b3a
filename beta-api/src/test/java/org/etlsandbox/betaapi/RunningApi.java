package org.etlsandbox.betaapi;

import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The API as it really runs, on free ports. */
final class RunningApi implements AutoCloseable {

  static final String FLATS = "/api/v1/customer-order-flats";

  final ConfigurableApplicationContext context;

  RunningApi(String... arguments) {
    context =
        BetaApi.application()
            .run(
                Stream.concat(
                        Stream.of(
                            "--server.port=0",
                            "--management.server.port=0",
                            "--etl.tls.databases=off",
                            "--etl.query.connect-timeout=1s",
                            "--etl.query.health-interval=1s"),
                        Stream.of(arguments))
                    .toArray(String[]::new));
  }

  RestTestClient.ResponseSpec get(String uri) {
    return client().get().uri(FLATS + uri).exchange();
  }

  RestTestClient client() {
    return at("local.server.port");
  }

  RestTestClient management() {
    return at("local.management.port");
  }

  private RestTestClient at(String port) {
    // Not the client found on the class path: Apache's asks again after a 503
    return RestTestClient.bindToServer(new JdkClientHttpRequestFactory())
        .baseUrl("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty(port))
        .build();
  }

  @Override
  public void close() {
    context.close();
  }
}
