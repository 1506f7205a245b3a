package org.etlsandbox.betaapi;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.etlsandbox.service.InvalidParameterException;
import org.jspecify.annotations.Nullable;

/** What flats can be sorted by. None of these columns can be null. */
enum SortColumn {
  RENTAL_ID("rentalId", FlatResponse::rentalId, Long::valueOf),
  RENTAL_DATE("rentalDate", FlatResponse::rentalDate, SortColumn::dateTime),
  AMOUNT("amount", FlatResponse::amount, SortColumn::amount),
  CUSTOMER_ID("customerId", FlatResponse::customerId, Long::valueOf);

  private final String parameter;
  private final Function<FlatResponse, Object> value;
  private final Function<String, Comparable<?>> parser;

  SortColumn(
      String parameter,
      Function<FlatResponse, Object> value,
      Function<String, Comparable<?>> parser) {
    this.parameter = parameter;
    this.value = value;
    this.parser = parser;
  }

  static Optional<SortColumn> of(String parameter) {
    return Arrays.stream(values()).filter(column -> column.parameter.equals(parameter)).findAny();
  }

  static String all() {
    return Arrays.stream(values()).map(SortColumn::parameter).collect(Collectors.joining(", "));
  }

  /** Its name in requests, in answers and in the entity. */
  String parameter() {
    return parameter;
  }

  /** A row's value as text. */
  String valueOf(FlatResponse row) {
    return value.apply(row).toString();
  }

  /**
   * The value back.
   *
   * @throws IllegalArgumentException where the text is none
   * @throws InvalidParameterException the same
   */
  Comparable<?> parse(String text) {
    return parser.apply(text);
  }

  private static Comparable<?> dateTime(String text) {
    return required(ParameterValue.dateTime("cursor", text));
  }

  private static Comparable<?> amount(String text) {
    @Nullable BigDecimal amount = ParameterValue.amount("cursor", text);
    return required(amount);
  }

  private static Comparable<?> required(@Nullable Comparable<?> value) {
    if (value == null) {
      throw new IllegalArgumentException("There is no value");
    }
    return value;
  }
}
