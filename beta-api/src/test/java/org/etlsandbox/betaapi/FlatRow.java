package org.etlsandbox.betaapi;

import java.time.LocalDateTime;

/** A row for a test, ordinary but for what the test says. */
record FlatRow(
    long rental,
    long payment,
    long categoryId,
    long customer,
    String name,
    long film,
    String title,
    String category,
    String amount,
    LocalDateTime rented,
    LocalDateTime returned,
    long version,
    boolean deleted) {

  static final LocalDateTime DAY = LocalDateTime.parse("2005-05-24T00:00:00");

  static FlatRow row(long rental, long payment, long categoryId) {
    return new FlatRow(
        rental, payment, categoryId, 5, "N", 7, "T", "C" + categoryId, "1.00", DAY, null, 1, false);
  }

  FlatRow customer(long id, String newName) {
    return new FlatRow(
        rental,
        payment,
        categoryId,
        id,
        newName,
        film,
        title,
        category,
        amount,
        rented,
        returned,
        version,
        deleted);
  }

  FlatRow film(long id, String newTitle) {
    return new FlatRow(
        rental,
        payment,
        categoryId,
        customer,
        name,
        id,
        newTitle,
        category,
        amount,
        rented,
        returned,
        version,
        deleted);
  }

  FlatRow category(String newName) {
    return new FlatRow(
        rental,
        payment,
        categoryId,
        customer,
        name,
        film,
        title,
        newName,
        amount,
        rented,
        returned,
        version,
        deleted);
  }

  FlatRow amount(String newAmount) {
    return new FlatRow(
        rental,
        payment,
        categoryId,
        customer,
        name,
        film,
        title,
        category,
        newAmount,
        rented,
        returned,
        version,
        deleted);
  }

  FlatRow rented(String time) {
    return new FlatRow(
        rental,
        payment,
        categoryId,
        customer,
        name,
        film,
        title,
        category,
        amount,
        LocalDateTime.parse(time),
        returned,
        version,
        deleted);
  }

  FlatRow returned(String time) {
    return new FlatRow(
        rental,
        payment,
        categoryId,
        customer,
        name,
        film,
        title,
        category,
        amount,
        rented,
        LocalDateTime.parse(time),
        version,
        deleted);
  }

  FlatRow tombstone() {
    return new FlatRow(
        rental,
        payment,
        categoryId,
        customer,
        name,
        film,
        title,
        category,
        amount,
        rented,
        returned,
        version,
        true);
  }
}
