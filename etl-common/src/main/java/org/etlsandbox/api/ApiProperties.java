package org.etlsandbox.api;

import java.net.URI;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long versions of the API will be there.
 *
 * @param versions by the part of the path that names them: {@code v1}; a version that is not named
 *     is not deprecated
 */
@ConfigurationProperties("etl.api")
public record ApiProperties(@DefaultValue Map<String, Version> versions) {

  /** A deprecated version answers at least that long. */
  static final int MONTHS_OF_GRACE = 6;

  public ApiProperties {
    versions = Map.copyOf(versions);
    versions.forEach((name, version) -> version.check("etl.api.versions." + name));
  }

  /**
   * Dates begin at midnight, UTC.
   *
   * @param deprecated since when it should no longer be used; null while it should
   * @param sunset from when on it may no longer answer, at least six months later; null where that
   *     is not decided
   * @param successor where to read what to use instead; null for none
   */
  public record Version(
      @Nullable LocalDate deprecated, @Nullable LocalDate sunset, @Nullable URI successor) {

    private void check(String property) {
      if (sunset == null) {
        return;
      }
      if (deprecated == null) {
        throw new IllegalArgumentException(
            "%s.sunset is %s, but %s.deprecated is not set: set when it is deprecated, too"
                .formatted(property, sunset, property));
      }
      LocalDate earliest = deprecated.plusMonths(MONTHS_OF_GRACE);
      if (sunset.isBefore(earliest)) {
        throw new IllegalArgumentException(
            "%s.sunset is %s: it must be %s or later, %d months after %s.deprecated (%s)"
                .formatted(property, sunset, earliest, MONTHS_OF_GRACE, property, deprecated));
      }
    }
  }
}
