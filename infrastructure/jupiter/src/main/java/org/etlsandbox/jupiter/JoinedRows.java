package org.etlsandbox.jupiter;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.FlatText;
import org.jspecify.annotations.Nullable;

/** Joins rentals, payments and dimensions in memory; itself the row it stands on. */
final class JoinedRows implements FlatStream, FlatRow {

  private final Dimensions dimensions;
  private final RentalBlock rentals;
  private final PaymentBlock.Joined payments;

  private int rental = -1;
  private int payment;
  private int paymentsEnd;
  private int category;
  private int categoriesEnd;

  JoinedRows(Dimensions dimensions, RentalBlock rentals, PaymentBlock.Joined payments) {
    this.dimensions = dimensions;
    this.rentals = rentals;
    this.payments = payments;
  }

  @Override
  public @Nullable FlatRow next() {
    if (++category < categoriesEnd) {
      return this;
    }
    if (++payment < paymentsEnd) {
      category = dimensions.categoriesFrom()[film()];
      return this;
    }
    while (++rental < rentals.size()) {
      payment = payments.begin(rental);
      paymentsEnd = payments.end(rental);
      int film = film();
      category = dimensions.categoriesFrom()[film];
      categoriesEnd = dimensions.categoriesFrom()[film + 1];
      if (payment < paymentsEnd && category < categoriesEnd) {
        return this;
      }
    }
    rental = rentals.size() - 1; // so that it stays at the end when it is asked again
    payment = paymentsEnd;
    category = categoriesEnd;
    return null;
  }

  private int film() {
    return rentals.film(rental);
  }

  @Override
  public long rentalId() {
    return rentals.id(rental);
  }

  @Override
  public long paymentId() {
    return payments.paymentId(payment);
  }

  @Override
  public long categoryId() {
    return dimensions.categories().at(dimensions.categoryOfFilm()[category]);
  }

  @Override
  public long customerId() {
    return dimensions.customers().at(rentals.customer(rental));
  }

  @Override
  public String customerName() {
    return customerNameText().toString();
  }

  @Override
  public FlatText customerNameText() {
    return dimensions.customerNames().at(rentals.customer(rental));
  }

  @Override
  public long filmId() {
    return dimensions.films().at(film());
  }

  @Override
  public String filmTitle() {
    return filmTitleText().toString();
  }

  @Override
  public FlatText filmTitleText() {
    return dimensions.titles().at(film());
  }

  @Override
  public String category() {
    return categoryText().toString();
  }

  @Override
  public FlatText categoryText() {
    return dimensions.categoryNames().at(dimensions.categoryOfFilm()[category]);
  }

  @Override
  public long amountCents() {
    return payments.amountCents(payment);
  }

  @Override
  public long rentalSecond() {
    return rentals.rented(rental);
  }

  @Override
  public long returnSecond() {
    return rentals.returned(rental);
  }

  @Override
  public LocalDateTime rentalDate() {
    return LocalDateTime.ofEpochSecond(rentalSecond(), 0, ZoneOffset.UTC);
  }

  @Override
  public @Nullable LocalDateTime returnDate() {
    long second = returnSecond();
    return second == NOT_RETURNED ? null : LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
  }

  /** The first one in the order of the columns, as the join in SQL tells it. */
  @Override
  public @Nullable String defect() {
    String defect = dimensions.customerNames().defect(rentals.customer(rental));
    if (defect == null) {
      defect = dimensions.titles().defect(film());
    }
    if (defect == null) {
      defect = dimensions.categoryNames().defect(dimensions.categoryOfFilm()[category]);
    }
    if (defect == null) {
      defect = payments.defect(payment);
    }
    return defect == null ? rentals.defect(rental) : defect;
  }
}
