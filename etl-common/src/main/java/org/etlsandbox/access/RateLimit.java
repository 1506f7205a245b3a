package org.etlsandbox.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * So many requests a minute for each of many callers: as many at once after a rest, evenly
 * afterwards.
 */
final class RateLimit {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Bounds the memory, about 200 bytes each; the least used one is forgotten first. */
  private static final int CALLERS = 20_000;

  private final int perMinute;
  private final TimeMeter clock;

  /** A bucket that nobody asked for in a minute is full, so none is lost by forgetting it. */
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(CALLERS).expireAfterAccess(MINUTE.multipliedBy(2)).build();

  RateLimit(int perMinute, TimeMeter clock) {
    this.perMinute = perMinute;
    this.clock = clock;
  }

  int perMinute() {
    return perMinute;
  }

  Bucket of(String caller) {
    return buckets.get(caller, unknown -> full());
  }

  private Bucket full() {
    return Bucket.builder()
        .withCustomTimePrecision(clock)
        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, MINUTE))
        .build();
  }
}
