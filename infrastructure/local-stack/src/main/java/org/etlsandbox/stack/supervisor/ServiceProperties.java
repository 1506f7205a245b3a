package org.etlsandbox.stack.supervisor;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.etlsandbox.stack.directory.DataDirectory;
import org.etlsandbox.stack.directory.Secrets;
import org.etlsandbox.stack.directory.TokenKey;
import org.etlsandbox.stack.plan.Service;
import org.etlsandbox.stack.plan.StackFailure;
import org.etlsandbox.stack.plan.Store;
import org.etlsandbox.stack.state.Connections;
import org.etlsandbox.stack.state.Connections.Login;

/**
 * What a service is told about where it listens, whose tokens it accepts and which databases it
 * works with.
 */
final class ServiceProperties {

  private static final String LOOPBACK = "127.0.0.1";

  private final Connections connections;
  private final int portBase;
  private final Path publicKey;
  private final String scrapeToken;

  ServiceProperties(Connections connections, int portBase, DataDirectory directory) {
    this.connections = connections;
    this.portBase = portBase;
    this.publicKey = TokenKey.ensure(directory);
    this.scrapeToken = Secrets.of(directory).scrapeToken();
  }

  /** Spring properties by name; they hold passwords, so they never go on a command line. */
  Map<String, Object> of(Service service) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("server.address", LOOPBACK);
    properties.put("server.port", service.port(portBase));
    properties.put("management.server.address", LOOPBACK);
    properties.put("management.server.port", service.managementPort(portBase));
    properties.put("spring.jmx.enabled", false);
    properties.put(
        "spring.security.oauth2.resourceserver.jwt.public-key-location",
        publicKey.toUri().toString());
    properties.put("etl.access.issuer", TokenKey.ISSUER);
    properties.put("etl.access.scrape-token", scrapeToken);
    Store destination = service.destination();
    if (destination != null) {
      login(properties, "etl.jupiter", Store.JUPITER);
      login(properties, "etl.control", Store.CONTROL);
      login(properties, "etl.destination", destination);
    } else if (service == Service.BETA_API) {
      properties.put("etl.query.destination", Store.NEPTUNE.key());
      login(properties, "etl.query", Store.NEPTUNE);
      login(properties, "etl.query.control", Store.CONTROL);
    } else if (service == Service.DELTA_API) {
      Arrays.stream(Store.values())
          // The control database is nobody's source; a store that could not start is none either
          .filter(store -> store != Store.CONTROL && connections.of(store).isPresent())
          .forEach(store -> login(properties, "etl.ddl.sources." + store.key(), store));
    }
    return properties;
  }

  private void login(Map<String, Object> properties, String prefix, Store store) {
    Login login =
        connections
            .of(store)
            .orElseThrow(() ->
                StackFailure.failed("There is no connection to %s.".formatted(store.title())));
    properties.put(prefix + ".url", login.url());
    properties.put(prefix + ".username", login.username());
    properties.put(prefix + ".password", login.password());
    properties.put(prefix + ".tls", login.tls().name());
  }
}
