package org.etlsandbox.service;

import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * How every service of the suite starts, alone or next to the others in one JVM.
 *
 * <p>A service called {@code delta-api} reads {@code etl-service.yml}, which all services share,
 * and then {@code delta-api.yml}, which wins. No service reads {@code application.yml}: on one
 * class path only the first of several would be found.
 */
public final class ServiceApplication {

  /**
   * Docker and Kubernetes mount secrets as files, each named like its property. Here and not in the
   * shared file, or the file of a service would win over them.
   */
  private static final String SECRET_FILES =
      "spring.config.import=optional:configtree:${etl.secrets.directory:/run/secrets/}";

  private ServiceApplication() {}

  /**
   * Prepares a service without starting it. Nothing that it configures is global to the JVM, so
   * several may run side by side; arguments of {@code run} win over both files.
   *
   * @param application the class annotated with {@code @SpringBootApplication}
   * @param name name of the service and of its configuration file
   */
  public static SpringApplicationBuilder of(Class<?> application, String name) {
    return new SpringApplicationBuilder(application, ServiceConfiguration.class)
        .main(application)
        .bannerMode(Banner.Mode.OFF)
        .properties(
            "spring.config.name=etl-service," + name,
            "spring.application.name=" + name,
            SECRET_FILES);
  }
}
