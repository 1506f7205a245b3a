package org.etlsandbox.worker;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.connection.DatabaseTls;
import org.etlsandbox.schema.SchemaMode;
import org.etlsandbox.service.TlsProperties;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration of a worker.
 *
 * @param jupiter the MySQL or MariaDB server to copy from
 * @param control the PostgreSQL database that holds checkpoints, runs and leases
 * @param destination the database to copy into
 * @param poll how changes are found
 * @param load how a new destination is filled
 * @param sweep how rows are found that only one side has
 * @param deletes soft: a row that Jupiter no longer has stays as a tombstone; hard: tombstones are
 *     deleted at the end of each sweep
 * @param schema migrate: the tables of both databases are made and upgraded at the start; validate:
 *     others than those of this version are refused
 * @param lease how one of several replicas is chosen
 * @param retry how long to wait after failures
 * @param statementTimeout a statement that takes longer is broken off, and a server that is silent
 *     for a twelfth longer counts as unreachable; 2 s to 1 h
 * @param parallelism scopes that are refreshed at the same time, 1 to 64
 */
@Validated
@ConfigurationProperties("etl")
public record EtlProperties(
    @Valid Jupiter jupiter,
    @Valid Database control,
    @Valid DestinationDatabase destination,
    @Valid @DefaultValue Poll poll,
    @Valid @DefaultValue Load load,
    @Valid @DefaultValue Sweep sweep,
    @DefaultValue("soft") Deletes deletes,
    @DefaultValue("migrate") SchemaMode schema,
    @Valid @DefaultValue Lease lease,
    @Valid @DefaultValue Retry retry,
    @DefaultValue("60s") @DurationMin(seconds = 2) @DurationMax(hours = 1)
        Duration statementTimeout,
    @DefaultValue("3") @Min(1) @Max(64) int parallelism) {

  /** Beside those of the scopes that are written: loop, health, status. */
  private static final int OWN_CONNECTIONS = 3;

  ConnectionSettings jupiterSettings(TlsProperties tls) {
    return settings(
        "jupiter",
        new Database(jupiter.url(), jupiter.username(), jupiter.password(), jupiter.tls()),
        jupiter.maxConnections(),
        tls);
  }

  ConnectionSettings controlSettings(TlsProperties tls) {
    return settings("control", control, parallelism + OWN_CONNECTIONS, tls);
  }

  ConnectionSettings destinationSettings(TlsProperties tls) {
    return settings(
        destination.name(),
        new Database(
            destination.url(), destination.username(), destination.password(), destination.tls()),
        parallelism + OWN_CONNECTIONS,
        tls);
  }

  private ConnectionSettings settings(
      String name, Database database, int connections, TlsProperties tls) {
    return new ConnectionSettings(
        name,
        database.url(),
        database.username(),
        database.password(),
        connections,
        statementTimeout.truncatedTo(ChronoUnit.SECONDS),
        tls.of(database.tls()));
  }

  /**
   * The database that is copied from, and how much of it a worker may take.
   *
   * @param url JDBC URL without credentials; its prefix chooses the adapter
   * @param username account name
   * @param password password of the account; there is no default
   * @param tls verify or off for this database; not set: as {@code etl.tls.databases}
   * @param maxConnections connections to it, 2 to 100. All reading of a worker goes through one,
   *     the health check needs another
   * @param maxRowsPerSecond rows that are read for scopes and comparisons, no more than that on
   *     average; 0: no limit
   */
  public record Jupiter(
      @NotBlank String url,
      @DefaultValue("") String username,
      @DefaultValue("") String password,
      DatabaseTls.@Nullable Mode tls,
      @DefaultValue("2")
          @Min(
              value = 2,
              message = "must be 2 or more: one connection to read, one for the health check")
          @Max(100)
          int maxConnections,
      @DefaultValue("0") @Min(0) int maxRowsPerSecond) {

    /** A page of 1,000 rows must be paid for before the server gives up its reader. */
    private static final int LEAST_RATE = 100;

    @AssertTrue(message = "etl.jupiter.max-rows-per-second must be 0 (no limit) or 100 and more")
    boolean isRateFeasible() {
      return maxRowsPerSecond == 0 || maxRowsPerSecond >= LEAST_RATE;
    }
  }

  /**
   * A database and the account used there.
   *
   * @param url JDBC URL without credentials; its prefix chooses the adapter
   * @param username account name
   * @param password password of the account; there is no default
   * @param tls verify or off for this database; not set: as {@code etl.tls.databases}
   */
  public record Database(
      @NotBlank String url,
      @DefaultValue("") String username,
      @DefaultValue("") String password,
      DatabaseTls.@Nullable Mode tls) {}

  /**
   * The database to copy into.
   *
   * @param name what it is called: mars, neptune, venus or clickhouse
   * @param product the product it is meant to be; another one is shown as a stand-in
   * @param url JDBC URL without credentials; its prefix chooses the adapter
   * @param username account name
   * @param password password of the account; there is no default
   * @param tls verify or off for this database; not set: as {@code etl.tls.databases}
   */
  public record DestinationDatabase(
      @NotBlank String name,
      @NotBlank String product,
      @NotBlank String url,
      @DefaultValue("") String username,
      @DefaultValue("") String password,
      DatabaseTls.@Nullable Mode tls) {}

  /**
   * How changes are found.
   *
   * @param interval usual pause between two polls, 50 ms to 1 h
   * @param minInterval never shorter than that while changes keep coming; not set: a quarter of the
   *     interval, at least 50 ms. Above the interval it counts as the interval
   * @param maxInterval never longer than that while nothing changes; not set: twice the interval.
   *     Below the interval it counts as the interval
   * @param pageSize changed rows that are read at a time
   * @param batchSize rentals that are refreshed together
   * @param memory changed rows remembered per table, so that they are not refreshed twice
   * @param commitLag set: a change counts as settled that long after its statement, whatever the
   *     transactions. Not set: transactions are observed, or 5 s where the privilege PROCESS is
   *     missing. Must exceed Jupiter's longest transaction
   * @param maxHold a transaction open for longer is reported and no longer waited for
   */
  public record Poll(
      @DefaultValue("1s") @DurationMin(millis = 50) @DurationMax(hours = 1) Duration interval,
      @Nullable @DurationMin(millis = 50) @DurationMax(hours = 1) Duration minInterval,
      @Nullable @DurationMin(millis = 50) @DurationMax(hours = 1) Duration maxInterval,
      @DefaultValue("1000") @Min(1) @Max(10_000) int pageSize,
      @DefaultValue("1000") @Min(1) @Max(10_000) int batchSize,
      @DefaultValue("100000") @Min(1_000) @Max(10_000_000) int memory,
      @Nullable @DurationMin(seconds = 1) @DurationMax(hours = 24) Duration commitLag,
      @DefaultValue("1h") @DurationMin(seconds = 10) @DurationMax(days = 7) Duration maxHold) {

    private static final Duration LEAST = Duration.ofMillis(50);

    /** The pause while changes keep coming, not above the usual one. */
    Duration shortest() {
      Duration wanted = minInterval != null ? minInterval : interval.dividedBy(4);
      Duration allowed = wanted.compareTo(LEAST) < 0 ? LEAST : wanted;
      return allowed.compareTo(interval) > 0 ? interval : allowed;
    }

    /** The pause while nothing changes, not below the usual one. */
    Duration longest() {
      Duration wanted = maxInterval != null ? maxInterval : interval.multipliedBy(2);
      return wanted.compareTo(interval) < 0 ? interval : wanted;
    }
  }

  /**
   * How a new destination is filled.
   *
   * @param rangeSize rentals in a range; a range is read into memory whole
   */
  public record Load(@DefaultValue("20000") @Min(1) @Max(100_000) int rangeSize) {}

  /**
   * How rows are found that only one side has: what was deleted in Jupiter.
   *
   * @param interval from the end of one sweep to the beginning of the next, 1 s to 7 days
   * @param rangeSize rentals that are compared at a time; their keys are held in memory
   * @param maxRowsPerSecond no faster than that on average, so that Jupiter has time for others; 0:
   *     no limit
   */
  public record Sweep(
      @DefaultValue("10m") @DurationMin(seconds = 1) @DurationMax(days = 7) Duration interval,
      @DefaultValue("10000") @Min(1) @Max(100_000) int rangeSize,
      @DefaultValue("50000") @Min(0) int maxRowsPerSecond) {}

  /**
   * How long to wait after a failure: twice as long after each, half of it by chance.
   *
   * @param initial at most that long after the first failure, 10 ms to 1 min
   * @param max never longer than that, 10 ms to 1 h
   */
  public record Retry(
      @DefaultValue("500ms") @DurationMin(millis = 10) @DurationMax(minutes = 1) Duration initial,
      @DefaultValue("30s") @DurationMin(millis = 10) @DurationMax(hours = 1) Duration max) {

    @AssertTrue(message = "etl.retry.max must not be below etl.retry.initial")
    boolean isAscending() {
      return max.compareTo(initial) >= 0;
    }
  }

  /**
   * How one of several replicas is chosen.
   *
   * @param duration another replica takes over this long after the leader died
   */
  public record Lease(
      @DefaultValue("15s") @DurationMin(seconds = 3) @DurationMax(minutes = 10)
          Duration duration) {}
}
