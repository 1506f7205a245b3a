package org.etlsandbox.worker;

import java.util.List;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.stream.Collectors;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.destination.DestinationProvider;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.source.SourceProvider;

/** The adapters on the class path, chosen by the prefix of the URL. */
final class Adapters {

  private Adapters() {}

  static SourceProvider source(ConnectionSettings settings) {
    List<SourceProvider> known =
        ServiceLoader.load(SourceProvider.class).stream().map(Provider::get).toList();
    return known.stream()
        .filter(provider -> provider.accepts(settings.url()))
        .findFirst()
        .orElseThrow(() -> unknown(settings, known.stream().map(SourceProvider::product).toList()));
  }

  static DestinationProvider destination(ConnectionSettings settings) {
    List<DestinationProvider> known =
        ServiceLoader.load(DestinationProvider.class).stream().map(Provider::get).toList();
    return known.stream()
        .filter(provider -> provider.accepts(settings.url()))
        .findFirst()
        .orElseThrow(
            () -> unknown(settings, known.stream().map(DestinationProvider::product).toList()));
  }

  private static StoreException unknown(ConnectionSettings settings, List<String> products) {
    return new StoreException(
        Kind.PERMANENT,
        "%s: no adapter here reads that URL. There are adapters for %s."
            .formatted(
                settings, products.stream().sorted().distinct().collect(Collectors.joining(", "))));
  }
}
