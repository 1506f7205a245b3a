package org.etlsandbox.sakila;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.etlsandbox.sakila.SeedRows.LastUpdates;

/**
 * Fills empty Sakila tables with data that depends on nothing but (seed, rentals): the same on
 * every machine, in every zone and locale, byte for byte, {@code last_update} included.
 *
 * <p>Memory does not depend on the number of rentals: every row is computed from its position.
 *
 * <p>All ids have Sakila's own types as long as they fit. The only one that can grow out of its
 * type is {@code payment_id} (SMALLINT UNSIGNED, 65,535): from about 61,500 rentals on, {@link
 * #load} widens it, and nothing else, to INT UNSIGNED.
 */
public final class SakilaSeed {

  /** The most rentals that can be asked for. */
  public static final long MAX_RENTALS = 10_000_000;

  // https://dev.mysql.com/doc/refman/8.0/en/integer-types.html
  private static final long SMALLINT_UNSIGNED_MAX = 65_535;

  private static final String WIDEN_PAYMENT_ID =
      "ALTER TABLE payment MODIFY payment_id INT UNSIGNED NOT NULL AUTO_INCREMENT";

  private static final String HAS_RENTALS = "SELECT EXISTS (SELECT 1 FROM rental)";

  private static final String RENTALS =
      """
      INSERT INTO rental (rental_id, rental_date, inventory_id, customer_id, return_date, staff_id,
                          last_update)
      VALUES\
      """;

  private static final String PAYMENTS =
      """
      INSERT INTO payment (payment_id, customer_id, staff_id, rental_id, amount, payment_date,
                           last_update)
      VALUES\
      """;

  private final SakilaShape shape;
  private final SeedRows rows;
  private final LongConsumer progress;

  private SakilaSeed(Builder builder) {
    this.shape = new SakilaShape(builder.rentals, builder.seed);
    this.rows = new SeedRows(shape, builder.seed);
    this.progress = builder.progress;
  }

  /** 16,000 rentals, seed 1, nobody told of the progress. */
  public static Builder builder() {
    return new Builder();
  }

  /** The number of rows that {@link #load} inserts, over all tables; what progress counts up to. */
  public long totalRows() {
    return SeedCatalogue.size(shape) + shape.rentals() + shape.payments();
  }

  /**
   * Inserts all rows, on two connections at a time, which are left as they were found.
   *
   * <p>Not one transaction: after a failure the database holds a part; drop it and start over.
   *
   * @throws IllegalStateException if a table is missing or if there are rentals already
   * @throws SQLException if the server refuses something or this thread is interrupted
   */
  public void load(DataSource source) throws SQLException {
    Progress done = new Progress(progress);
    try (LoadingSession session = LoadingSession.open(source)) {
      prepare(session.connection());
      new SeedCatalogue(rows, session.connection(), done::add).load();
    }
    try (ExecutorService loaders = Executors.newFixedThreadPool(2)) {
      Future<?> rentals =
          loaders.submit(() -> done.stopOthersIfFailing(() -> rentals(source, done)));
      Future<?> payments =
          loaders.submit(() -> done.stopOthersIfFailing(() -> payments(source, done)));
      await(rentals, payments, done);
    }
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      // The server renews its statistics some ten seconds after a table was filled; until then it
      // takes the tables for empty and scans payment once for each rental of a join
      statement.execute("ANALYZE TABLE " + String.join(", ", SakilaSchema.joinedTables()));
    }
  }

  private void prepare(Connection c) throws SQLException {
    List<String> missing = new ArrayList<>(SakilaSchema.tables());
    missing.removeAll(SakilaSchema.existing(c));
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "Database '%s' has no tables %s: call SakilaSchema.create first."
              .formatted(c.getCatalog(), missing));
    }
    try (Statement statement = c.createStatement()) {
      try (ResultSet row = statement.executeQuery(HAS_RENTALS)) {
        row.next();
        if (row.getBoolean(1)) {
          throw new IllegalStateException(
              "Database '%s' already has rentals: the seed data goes into empty tables only."
                  .formatted(c.getCatalog()));
        }
      }
      if (shape.payments() > SMALLINT_UNSIGNED_MAX) {
        statement.execute(WIDEN_PAYMENT_ID);
      }
    }
  }

  private void rentals(DataSource source, Progress done) throws SQLException {
    LastUpdates changed = rows.lastUpdates("rental", shape.rentals());
    try (LoadingSession session = LoadingSession.open(source);
        MultiRowInsert insert = new MultiRowInsert(session.connection(), RENTALS, 7, done::add)) {
      for (long i = 0; i < shape.rentals() && !done.failed(); i++) {
        SeedRows.Rental rental = rows.rental(i);
        insert.add(
            rental.id(),
            SakilaClock.text(rental.rented()),
            rental.inventoryId(),
            rental.customerId(),
            rental.returned() == null ? null : SakilaClock.text(rental.returned()),
            rental.staffId(),
            changed.at(i));
      }
      insert.finish();
    }
  }

  private void payments(DataSource source, Progress done) throws SQLException {
    LastUpdates changed = rows.lastUpdates("payment", shape.payments());
    try (LoadingSession session = LoadingSession.open(source);
        MultiRowInsert insert = new MultiRowInsert(session.connection(), PAYMENTS, 7, done::add)) {
      for (long id = 1; id <= shape.payments() && !done.failed(); id++) {
        SeedRows.Payment payment = rows.payment(id);
        insert.add(
            id,
            payment.customerId(),
            payment.staffId(),
            payment.rentalId(),
            payment.amount(),
            SakilaClock.text(payment.paid()),
            changed.at(id - 1));
      }
      insert.finish();
    }
  }

  private static void await(Future<?> rentals, Future<?> payments, Progress done)
      throws SQLException {
    try {
      rentals.get();
      payments.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException cause) {
        throw cause;
      }
      throw new IllegalStateException("Loading the seed data failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      done.fail();
      Thread.currentThread().interrupt();
      throw new SQLException("Interrupted while loading the seed data; drop the database.", e);
    }
  }

  /** Sets what to load; see {@link SakilaSeed#builder}. */
  public static final class Builder {
    private long rentals = 16_000;
    private long seed = 1;
    private LongConsumer progress = rows -> {};

    private Builder() {}

    /**
     * @param rentals 1 to {@link SakilaSeed#MAX_RENTALS}
     */
    public Builder rentals(long rentals) {
      if (rentals < 1 || rentals > MAX_RENTALS) {
        throw new IllegalArgumentException(
            "The number of rentals is " + rentals + ": choose one from 1 to " + MAX_RENTALS + ".");
      }
      this.rentals = rentals;
      return this;
    }

    /** Any number; another seed gives other data of the same shape. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /** Told the rows inserted so far, growing, from one thread at a time. */
    public Builder progress(LongConsumer progress) {
      this.progress = progress;
      return this;
    }

    public SakilaSeed build() {
      return new SakilaSeed(this);
    }
  }
}
