package org.etlsandbox.worker;

import java.time.Duration;

/**
 * How long to wait for the next poll: less while changes keep coming, longer while none do. A poll
 * that found changes halves the pause, the first one without brings the usual pause back, each
 * further one adds a tenth. Never less than the poll took, unless the usual pause is: a server that
 * is slow to answer is asked at most half of the time. For one thread.
 */
final class PollPace {

  private static final double GROWTH = 1.1;

  private final Duration usual;
  private final Duration shortest;
  private final Duration longest;
  private Duration pause;

  PollPace(EtlProperties.Poll options) {
    this.usual = options.interval();
    this.shortest = options.shortest();
    this.longest = options.longest();
    this.pause = usual;
  }

  /**
   * @param moved whether the last poll found changes
   * @param took how long it took, the refresh included
   */
  Duration next(boolean moved, Duration took) {
    if (moved) {
      Duration half = least(pause, usual).dividedBy(2);
      pause = greatest(half, greatest(shortest, least(took, usual)));
    } else if (pause.compareTo(usual) < 0) {
      pause = usual;
    } else {
      pause = least(longest, Duration.ofNanos((long) (pause.toNanos() * GROWTH)));
    }
    return pause;
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration greatest(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
