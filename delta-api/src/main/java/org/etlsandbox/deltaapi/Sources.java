package org.etlsandbox.deltaapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etlsandbox.connection.StatementWatch;
import org.etlsandbox.deltaapi.DdlProperties.Login;
import org.etlsandbox.deltaapi.catalogue.Product;
import org.etlsandbox.service.TlsProperties;
import org.jspecify.annotations.Nullable;

/** The configured sources, by their names. */
final class Sources implements AutoCloseable {

  private final Map<String, Source> configured = new LinkedHashMap<>();

  Sources(DdlProperties properties, TlsProperties tls, @Nullable StatementWatch watch) {
    for (String name : DdlProperties.NAMES) {
      Login login = properties.sources().get(name);
      if (login != null && !login.url().isBlank()) {
        Product product = Product.of(login.url()).orElseThrow();
        configured.put(
            name,
            new Source(name, login, product, properties.timeout(), tls.of(login.tls()), watch));
      }
    }
  }

  Optional<Source> find(String name) {
    return Optional.ofNullable(configured.get(name));
  }

  /**
   * @throws UnknownNameException naming those that are configured
   */
  Source of(String name) {
    return find(name)
        .orElseThrow(() ->
            new UnknownNameException(
                "source",
                name,
                DdlProperties.NAMES.contains(name)
                    ? "The configuration (etl.ddl.sources.%s.url)".formatted(name)
                    : "The configuration",
                List.copyOf(configured.keySet())));
  }

  @Override
  public void close() {
    configured.values().forEach(Source::close);
  }
}
