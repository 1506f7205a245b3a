package org.etlsandbox.stack.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.etlsandbox.connection.DatabaseTls.Mode;
import org.etlsandbox.stack.directory.DataDirectory;
import org.etlsandbox.stack.plan.Service;
import org.etlsandbox.stack.plan.Store;
import org.etlsandbox.stack.state.Connections;
import org.etlsandbox.stack.state.Connections.Login;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServicePropertiesTest {

  @Test
  void deltaApiIsToldOfEveryStoreThatRunsButTheControlDatabase(@TempDir Path parent) {
    Map<Store, Login> logins =
        Arrays.stream(Store.values())
            .filter(store -> store != Store.CLICKHOUSE)
            .collect(
                Collectors.toMap(
                    Function.identity(),
                    store -> new Login("jdbc:" + store.key(), "user", "password", Mode.VERIFY)));

    DataDirectory directory = new DataDirectory(parent);
    directory.make();

    Map<String, Object> properties =
        new ServiceProperties(new Connections(logins), Service.DEFAULT_PORT_BASE, directory)
            .of(Service.DELTA_API);

    assertThat(properties)
        .containsEntry("etl.ddl.sources.jupiter.url", "jdbc:jupiter")
        .containsEntry("etl.ddl.sources.venus.username", "user");
    assertThat(properties.keySet().stream().filter(name -> name.endsWith(".url")))
        .containsExactlyInAnyOrder(
            "etl.ddl.sources.jupiter.url",
            "etl.ddl.sources.mars.url",
            "etl.ddl.sources.venus.url",
            "etl.ddl.sources.neptune.url");
    assertThat(properties.keySet()).noneMatch(name -> name.startsWith("etl.control"));
  }
}
