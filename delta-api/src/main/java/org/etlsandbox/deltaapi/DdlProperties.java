package org.etlsandbox.deltaapi;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.connection.DatabaseTls;
import org.etlsandbox.deltaapi.catalogue.Product;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whose schemas are told.
 *
 * @param sources by name: jupiter, mars, venus, neptune, clickhouse; one without a URL is not
 *     configured
 * @param timeout how long a statement may take before it is cancelled; whole seconds
 */
@ConfigurationProperties("etl.ddl")
record DdlProperties(
    @DefaultValue Map<String, Login> sources, @DefaultValue("10s") Duration timeout) {

  /** The stores of the suite. */
  static final List<String> NAMES = List.of("jupiter", "mars", "venus", "neptune", "clickhouse");

  /**
   * @param url JDBC URL; its prefix says which product answers
   * @param username user who may read the catalogue, and sees those tables that it has a right on
   * @param schemas what is told; empty for the schema that the URL leads to
   * @param tls verify or off for it; not set: as {@code etl.tls.databases}
   */
  record Login(
      @DefaultValue("") String url,
      @DefaultValue("") String username,
      @DefaultValue("") String password,
      @DefaultValue List<String> schemas,
      DatabaseTls.@Nullable Mode tls) {

    Login {
      schemas = schemas.stream().map(String::strip).filter(name -> !name.isEmpty()).toList();
    }

    /** Never shows the password. */
    @Override
    public String toString() {
      return new ConnectionSettings("source", url, "", "", 1).safeUrl();
    }
  }

  DdlProperties {
    if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.toMillisPart() != 0) {
      throw new IllegalArgumentException(
          "etl.ddl.timeout is %s: it must be whole seconds, at least PT1S".formatted(timeout));
    }
    sources = Map.copyOf(sources);
    Set<String> unknown = new TreeSet<>(sources.keySet());
    unknown.removeAll(NAMES);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "etl.ddl.sources has %s: the sources are %s"
              .formatted(String.join(", ", unknown), String.join(", ", NAMES)));
    }
    sources.forEach(DdlProperties::check);
  }

  private static void check(String name, Login login) {
    if (login.url().isBlank()) {
      return;
    }
    Product product =
        Product.of(login.url())
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "etl.ddl.sources.%s.url is %s: delta-api reads %s; give the URL of one of these, or none"
                        .formatted(name, login, Product.allPrefixes())));
    for (String schema : login.schemas()) {
      if (product.isSystemSchema(schema)) {
        throw new IllegalArgumentException(
            "etl.ddl.sources.%s.schemas has %s, a schema of %s's own, which is never told: take it out"
                .formatted(name, schema.toLowerCase(Locale.ROOT), product.title()));
      }
    }
  }
}
