package org.etlsandbox.refresh;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.flat.FlatText;
import org.jspecify.annotations.Nullable;

/** Keeps the values of a row that may be a flyweight; to be filled again and again. */
final class HeldRow implements FlatRow {

  private long rentalId;
  private long paymentId;
  private long categoryId;
  private long customerId;
  private FlatText customerName = FlatText.EMPTY;
  private long filmId;
  private FlatText filmTitle = FlatText.EMPTY;
  private FlatText category = FlatText.EMPTY;
  private long amountCents;
  private long rentalSecond;
  private long returnSecond;

  void hold(FlatRow row) {
    rentalId = row.rentalId();
    paymentId = row.paymentId();
    categoryId = row.categoryId();
    customerId = row.customerId();
    customerName = row.customerNameText();
    filmId = row.filmId();
    filmTitle = row.filmTitleText();
    category = row.categoryText();
    amountCents = row.amountCents();
    rentalSecond = row.rentalSecond();
    returnSecond = row.returnSecond();
  }

  @Override
  public long rentalId() {
    return rentalId;
  }

  @Override
  public long paymentId() {
    return paymentId;
  }

  @Override
  public long categoryId() {
    return categoryId;
  }

  @Override
  public long customerId() {
    return customerId;
  }

  @Override
  public String customerName() {
    return customerName.toString();
  }

  @Override
  public FlatText customerNameText() {
    return customerName;
  }

  @Override
  public long filmId() {
    return filmId;
  }

  @Override
  public String filmTitle() {
    return filmTitle.toString();
  }

  @Override
  public FlatText filmTitleText() {
    return filmTitle;
  }

  @Override
  public String category() {
    return category.toString();
  }

  @Override
  public FlatText categoryText() {
    return category;
  }

  @Override
  public long amountCents() {
    return amountCents;
  }

  @Override
  public long rentalSecond() {
    return rentalSecond;
  }

  @Override
  public long returnSecond() {
    return returnSecond;
  }

  @Override
  public LocalDateTime rentalDate() {
    return LocalDateTime.ofEpochSecond(rentalSecond, 0, ZoneOffset.UTC);
  }

  @Override
  public @Nullable LocalDateTime returnDate() {
    return returnSecond == NOT_RETURNED
        ? null
        : LocalDateTime.ofEpochSecond(returnSecond, 0, ZoneOffset.UTC);
  }
}
