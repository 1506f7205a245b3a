package org.etlsandbox.service;

import java.nio.file.Files;
import java.nio.file.Path;
import org.etlsandbox.connection.DatabaseTls;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How all services reach their databases.
 *
 * @param databases verify: encrypted, and the server must prove who it is; off: as the URL says
 * @param ca a PEM file with the certificates of the authorities to trust; empty: those of the JVM
 */
@ConfigurationProperties("etl.tls")
public record TlsProperties(
    @DefaultValue("verify") DatabaseTls.Mode databases, @DefaultValue("") String ca) {

  /** A file that is missing at the start would only be noticed by the first connection. */
  public TlsProperties {
    if (!ca.isEmpty() && !Files.isReadable(Path.of(ca))) {
      throw new IllegalArgumentException(
          "etl.tls.ca is '%s', which is no file that can be read: give it the path of a PEM file with the certificates of the authorities to trust, or leave it empty for those of the JVM"
              .formatted(ca));
    }
  }

  /**
   * For one database.
   *
   * @param own what is set for it alone, or null
   */
  public DatabaseTls of(DatabaseTls.@Nullable Mode own) {
    return new DatabaseTls(own == null ? databases : own, ca);
  }
}
