package org.etlsandbox.betaapi;

import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Predicate;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etlsandbox.service.InvalidParameterException;
import org.jspecify.annotations.Nullable;

/** Which flats are asked for; see {@link FilterParameters}. Null where anything will do. */
record FlatFilter(
    @Nullable Long customerId,
    @Nullable String customerName,
    @Nullable String category,
    @Nullable Long filmId,
    @Nullable String filmTitle,
    @Nullable BigDecimal amountMin,
    @Nullable BigDecimal amountMax,
    @Nullable LocalDateTime rentalDateFrom,
    @Nullable LocalDateTime rentalDateTo,
    @Nullable Boolean open,
    boolean includeDeleted) {

  private static final char ESCAPE = '!';
  private static final String END = "|";

  // A bracket begins a set of characters on SQL Server:
  // https://learn.microsoft.com/sql/t-sql/language-elements/like-transact-sql
  private static final Pattern WILDCARD = Pattern.compile("[!%_\\[]");

  /**
   * @throws InvalidParameterException naming the parameter that has not the form it must have, or
   *     that excludes every row together with another one
   */
  static FlatFilter of(FilterParameters given) {
    FlatFilter filter =
        new FlatFilter(
            ParameterValue.optionalId("customerId", given.customerId(), "customer"),
            ParameterValue.text("customerName", given.customerName()),
            ParameterValue.text("category", given.category()),
            ParameterValue.optionalId("filmId", given.filmId(), "film"),
            ParameterValue.text("filmTitle", given.filmTitle()),
            ParameterValue.amount("amountMin", given.amountMin()),
            ParameterValue.amount("amountMax", given.amountMax()),
            ParameterValue.dateTime("rentalDateFrom", given.rentalDateFrom()),
            ParameterValue.dateTime("rentalDateTo", given.rentalDateTo()),
            ParameterValue.flag("open", given.open()),
            Boolean.TRUE.equals(ParameterValue.flag("includeDeleted", given.includeDeleted())));
    if (filter.amountMin != null
        && filter.amountMax != null
        && filter.amountMax.compareTo(filter.amountMin) < 0) {
      throw new InvalidParameterException(
          "amountMax",
          given.amountMax(),
          "not be less than 'amountMin' (" + given.amountMin() + ")");
    }
    if (filter.rentalDateFrom != null
        && filter.rentalDateTo != null
        && !filter.rentalDateTo.isAfter(filter.rentalDateFrom)) {
      throw new InvalidParameterException(
          "rentalDateTo",
          given.rentalDateTo(),
          "be later than 'rentalDateFrom' (%s), the time being [from, to)"
              .formatted(given.rentalDateFrom()));
    }
    return filter;
  }

  /** No condition at all. */
  static FlatFilter everything(boolean includeDeleted) {
    return new FlatFilter(
        null, null, null, null, null, null, null, null, null, null, includeDeleted);
  }

  /** What is read: the view, or the table, which has the tombstones as well. */
  Class<? extends Flat> rows() {
    return includeDeleted ? StoredFlat.class : CurrentFlat.class;
  }

  /** The conditions, none where everything is asked for. */
  List<Predicate> on(CriteriaBuilder builder, Path<? extends Flat> flat) {
    List<Predicate> all = new ArrayList<>();
    if (customerId != null) {
      all.add(builder.equal(flat.get("customerId"), customerId));
    }
    if (customerName != null) {
      all.add(like(builder, flat.get("customerName"), literal(customerName) + "%"));
    }
    if (category != null) {
      Path<String> name = flat.get("category");
      all.add(builder.equal(name, category));
      // For '=' SQL Server ignores trailing blanks, so none must be trailing
      all.add(builder.equal(builder.concat(name, END), category + END));
    }
    if (filmId != null) {
      all.add(builder.equal(flat.get("filmId"), filmId));
    }
    if (filmTitle != null) {
      all.add(like(builder, flat.get("filmTitle"), literal(filmTitle) + "%"));
    }
    if (amountMin != null) {
      all.add(builder.greaterThanOrEqualTo(flat.get("amount"), amountMin));
    }
    if (amountMax != null) {
      all.add(builder.lessThanOrEqualTo(flat.get("amount"), amountMax));
    }
    if (rentalDateFrom != null) {
      all.add(builder.greaterThanOrEqualTo(flat.get("rentalDate"), rentalDateFrom));
    }
    if (rentalDateTo != null) {
      all.add(builder.lessThan(flat.get("rentalDate"), rentalDateTo));
    }
    if (open != null) {
      Path<LocalDateTime> returned = flat.get("returnDate");
      all.add(open ? returned.isNull() : returned.isNotNull());
    }
    return all;
  }

  private static Predicate like(CriteriaBuilder builder, Path<String> text, String pattern) {
    return builder.like(text, pattern, ESCAPE);
  }

  private static String literal(String text) {
    return WILDCARD.matcher(text).replaceAll(ESCAPE + "$0");
  }

  /** The same text for the same filter, and for no other one; no value can hold U+0000. */
  String fingerprint() {
    return Stream.of(
            customerId,
            customerName,
            category,
            filmId,
            filmTitle,
            amountMin,
            amountMax,
            rentalDateFrom,
            rentalDateTo,
            open,
            includeDeleted)
        .map(value -> value == null ? "" : "=" + value)
        .collect(Collectors.joining("\0"));
  }
}
