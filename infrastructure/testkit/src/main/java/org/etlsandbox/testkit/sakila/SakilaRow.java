package org.etlsandbox.testkit.sakila;

import java.time.Instant;
import java.time.LocalDateTime;
import org.etlsandbox.source.ChangeKey;
import org.etlsandbox.source.SourceTable;
import org.jspecify.annotations.Nullable;

/**
 * A row of one of the seven tables: key, the columns that the join depends on, and last_update in
 * whole seconds. Values keep to Sakila's column types, e.g. a payment id of 1 to 65,535.
 */
public sealed interface SakilaRow {

  SourceTable table();

  ChangeKey key();

  /** Null only where Sakila allows it: customer and payment. */
  @Nullable Instant lastUpdate();

  /**
   * @param rentalDate null stands for MySQL's zero date, which no other database can hold
   */
  record Rental(
      long rentalId,
      @Nullable LocalDateTime rentalDate,
      long inventoryId,
      long customerId,
      @Nullable LocalDateTime returnDate,
      Instant lastUpdate)
      implements SakilaRow {
    @Override
    public SourceTable table() {
      return SourceTable.RENTAL;
    }

    @Override
    public ChangeKey key() {
      return new ChangeKey(rentalId);
    }
  }

  /**
   * @param rentalId null for a payment without a rental
   */
  record Payment(
      long paymentId, @Nullable Long rentalId, long amountCents, @Nullable Instant lastUpdate)
      implements SakilaRow {
    @Override
    public SourceTable table() {
      return SourceTable.PAYMENT;
    }

    @Override
    public ChangeKey key() {
      return new ChangeKey(paymentId);
    }
  }

  /** A customer. */
  record Customer(long customerId, String firstName, String lastName, @Nullable Instant lastUpdate)
      implements SakilaRow {
    @Override
    public SourceTable table() {
      return SourceTable.CUSTOMER;
    }

    @Override
    public ChangeKey key() {
      return new ChangeKey(customerId);
    }
  }

  /** A copy of a film that can be rented. */
  record Inventory(long inventoryId, long filmId, Instant lastUpdate) implements SakilaRow {
    @Override
    public SourceTable table() {
      return SourceTable.INVENTORY;
    }

    @Override
    public ChangeKey key() {
      return new ChangeKey(inventoryId);
    }
  }

  /** A film. */
  record Film(long filmId, String title, Instant lastUpdate) implements SakilaRow {
    @Override
    public SourceTable table() {
      return SourceTable.FILM;
    }

    @Override
    public ChangeKey key() {
      return new ChangeKey(filmId);
    }
  }

  /** A category of a film. */
  record FilmCategory(long filmId, long categoryId, Instant lastUpdate) implements SakilaRow {
    @Override
    public SourceTable table() {
      return SourceTable.FILM_CATEGORY;
    }

    @Override
    public ChangeKey key() {
      return new ChangeKey(filmId, categoryId);
    }
  }

  /** A category. */
  record Category(long categoryId, String name, Instant lastUpdate) implements SakilaRow {
    @Override
    public SourceTable table() {
      return SourceTable.CATEGORY;
    }

    @Override
    public ChangeKey key() {
      return new ChangeKey(categoryId);
    }
  }
}
