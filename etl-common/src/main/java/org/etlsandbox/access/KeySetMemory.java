package org.etlsandbox.access;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Repeats the answer to what was asked a moment ago, be it a failure. A token with an unknown key
 * has the keys fetched again, so that a new key is known soon; without this, whoever sends invented
 * ones would have the issuer asked each time, and while it is down every request would wait for it.
 */
final class KeySetMemory implements ClientHttpRequestInterceptor {

  private static final long MOMENT_NANOS = Duration.ofSeconds(3).toNanos();

  private final LongSupplier nanoTime;
  private @Nullable Exchange last;

  KeySetMemory(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  private record Exchange(
      URI uri, long at, @Nullable KeptResponse response, @Nullable IOException failure) {}

  @Override
  public synchronized ClientHttpResponse intercept(
      HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
    Exchange known = last;
    if (known == null
        || !known.uri().equals(request.getURI())
        || nanoTime.getAsLong() - known.at() >= MOMENT_NANOS) {
      known = exchange(request, body, execution);
      last = known;
    }
    if (known.response() == null) {
      throw new IOException("The issuer did not answer a moment ago", known.failure());
    }
    return known.response();
  }

  private Exchange exchange(
      HttpRequest request, byte[] body, ClientHttpRequestExecution execution) {
    URI uri = request.getURI();
    try (ClientHttpResponse response = execution.execute(request, body)) {
      KeptResponse kept = KeptResponse.of(response);
      return new Exchange(uri, nanoTime.getAsLong(), kept, null);
    } catch (IOException e) {
      return new Exchange(uri, nanoTime.getAsLong(), null, e);
    }
  }
}
