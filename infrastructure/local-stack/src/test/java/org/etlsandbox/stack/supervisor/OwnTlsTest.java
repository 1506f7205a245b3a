package org.etlsandbox.stack.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.etlsandbox.connection.ServerTrust;
import org.etlsandbox.stack.plan.Service;
import org.etlsandbox.testkit.tls.TestCertificates;
import org.etlsandbox.testkit.tls.TestCertificates.Identity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** The services' own TLS: both ports of each, by a bundle of PEM files, as docs/tls.md shows it. */
@ExtendWith(OutputCaptureExtension.class)
class OwnTlsTest {

  @TempDir private Path directory;
  private TestCertificates certificates;
  private Identity shown;

  @BeforeEach
  void showACertificate() throws IOException {
    certificates = new TestCertificates(directory);
    shown = new Identity(directory.resolve("tls.crt"), directory.resolve("tls.key"));
    certificates.fitting().copyTo(shown);
  }

  @ParameterizedTest
  @EnumSource(Service.class)
  void everyServiceSpeaksTlsOnBothPorts(Service service) throws Exception {
    try (ConfigurableApplicationContext context = start(service)) {
      assertThat(get(context, "local.server.port", "/nowhere").statusCode()).isEqualTo(401);
      HttpResponse<String> liveness =
          get(context, "local.management.port", "/actuator/health/liveness");
      assertThat(liveness.statusCode()).as(liveness.body()).isEqualTo(200);
      assertThat(liveness.sslSession()).isPresent();
    }
  }

  @Test
  void aNewCertificateIsShownWithoutARestart() throws Exception {
    try (ConfigurableApplicationContext context =
        start(
            Service.DELTA_API,
            "--spring.ssl.bundle.pem.web.reload-on-update=true",
            "--spring.ssl.bundle.watch.file.quiet-period=100ms")) {
      assertThat(subject(context)).isEqualTo("CN=Server");
      certificates.renewed().copyTo(shown);
      long deadline = System.nanoTime() + 30_000_000_000L;
      while (subject(context).equals("CN=Server") && System.nanoTime() < deadline) {
        Thread.sleep(100);
      }
      assertThat(subject(context)).isEqualTo("CN=Renewed");
    }
  }

  @Test
  void aFileThatIsMissingIsNamed(CapturedOutput output) {
    Path missing = directory.resolve("missing.crt");
    assertThatException()
        .isThrownBy(() ->
            start(Service.DELTA_API, "--spring.ssl.bundle.pem.web.keystore.certificate=" + missing)
                .close());
    assertThat(output.getAll())
        .contains("APPLICATION FAILED TO START", "cannot be read: " + missing, "spring.ssl.bundle")
        .doesNotContain("\tat ");
  }

  private ConfigurableApplicationContext start(Service service, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--server.ssl.bundle=web",
                "--management.server.ssl.bundle=web",
                "--spring.ssl.bundle.pem.web.keystore.private-key=" + shown.key(),
                "--etl.jupiter.url=jdbc:mysql://127.0.0.1:1/sakila",
                "--etl.control.url=jdbc:postgresql://127.0.0.1:1/control",
                "--etl.destination.url="
                    + (service == Service.DELTA_WORKER
                        ? "jdbc:clickhouse://127.0.0.1:1/etl"
                        : "jdbc:postgresql://127.0.0.1:1/etl"),
                "--etl.query.url=jdbc:postgresql://127.0.0.1:1/etl"));
    arguments.addAll(List.of(more));
    if (more.length == 0 || !more[0].contains("keystore.certificate")) {
      arguments.add("--spring.ssl.bundle.pem.web.keystore.certificate=" + shown.certificate());
    }
    return ServiceCatalogue.application(service).run(arguments.toArray(String[]::new));
  }

  private HttpResponse<String> get(ConfigurableApplicationContext context, String port, String path)
      throws IOException, InterruptedException {
    URI uri =
        URI.create(
            "https://127.0.0.1:" + context.getEnvironment().getRequiredProperty(port) + path);
    try (HttpClient client =
        HttpClient.newBuilder()
            .sslContext(ServerTrust.context(certificates.authority().toString()))
            .build()) {
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
  }

  private String subject(ConfigurableApplicationContext context) throws Exception {
    try {
      X509Certificate certificate =
          (X509Certificate)
              get(context, "local.server.port", "/nowhere")
                  .sslSession()
                  .orElseThrow()
                  .getPeerCertificates()[0];
      return certificate.getSubjectX500Principal().getName();
    } catch (SSLException e) {
      return "none: " + e.getMessage();
    }
  }
}
