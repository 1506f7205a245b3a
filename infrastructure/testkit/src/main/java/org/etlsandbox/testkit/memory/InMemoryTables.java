package org.etlsandbox.testkit.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.source.ChangeKey;
import org.etlsandbox.source.SourceTable;
import org.etlsandbox.testkit.sakila.SakilaRow;
import org.etlsandbox.testkit.sakila.SakilaRow.Category;
import org.etlsandbox.testkit.sakila.SakilaRow.Customer;
import org.etlsandbox.testkit.sakila.SakilaRow.Film;
import org.etlsandbox.testkit.sakila.SakilaRow.FilmCategory;
import org.etlsandbox.testkit.sakila.SakilaRow.Inventory;
import org.etlsandbox.testkit.sakila.SakilaRow.Payment;
import org.etlsandbox.testkit.sakila.SakilaRow.Rental;
import org.jspecify.annotations.Nullable;

/** The seven tables as they were at one moment, with the ways through their foreign keys. */
final class InMemoryTables {
  private final Map<SourceTable, NavigableMap<ChangeKey, SakilaRow>> tables;
  private final Map<Long, List<Payment>> paymentsByRental;
  private final Map<Long, List<Rental>> rentalsByCustomer;
  private final Map<Long, List<Rental>> rentalsByInventory;
  private final Map<Long, List<Inventory>> inventoryByFilm;
  private final Map<Long, List<FilmCategory>> categoriesByFilm;
  private final Map<Long, List<FilmCategory>> filmsByCategory;

  InMemoryTables(Map<SourceTable, NavigableMap<ChangeKey, SakilaRow>> tables) {
    this.tables = tables;
    paymentsByRental = group(SourceTable.PAYMENT, Payment.class, Payment::rentalId);
    rentalsByCustomer = group(SourceTable.RENTAL, Rental.class, Rental::customerId);
    rentalsByInventory = group(SourceTable.RENTAL, Rental.class, Rental::inventoryId);
    inventoryByFilm = group(SourceTable.INVENTORY, Inventory.class, Inventory::filmId);
    categoriesByFilm = group(SourceTable.FILM_CATEGORY, FilmCategory.class, FilmCategory::filmId);
    filmsByCategory =
        group(SourceTable.FILM_CATEGORY, FilmCategory.class, FilmCategory::categoryId);
  }

  NavigableMap<ChangeKey, SakilaRow> rows(SourceTable table) {
    return tables.getOrDefault(table, new TreeMap<>());
  }

  List<FlatRow> flats(RefreshScope scope) {
    Stream<Rental> rentals =
        switch (scope) {
          case RefreshScope.Range range ->
              rows(SourceTable.RENTAL)
                  .subMap(new ChangeKey(range.from()), false, new ChangeKey(range.to()), true)
                  .values()
                  .stream()
                  .map(Rental.class::cast);
          case RefreshScope.Rentals ids ->
              LongStream.of(ids.ids())
                  .mapToObj(id -> find(SourceTable.RENTAL, id, Rental.class))
                  .flatMap(Stream::ofNullable);
        };
    List<FlatRow> flats = new ArrayList<>();
    rentals.forEach(rental -> addFlats(flats, rental));
    return flats;
  }

  private void addFlats(List<FlatRow> flats, Rental rental) {
    Customer customer = find(SourceTable.CUSTOMER, rental.customerId(), Customer.class);
    Inventory copy = find(SourceTable.INVENTORY, rental.inventoryId(), Inventory.class);
    Film film = copy == null ? null : find(SourceTable.FILM, copy.filmId(), Film.class);
    if (customer == null || film == null) {
      return;
    }
    for (Payment payment : paymentsByRental.getOrDefault(rental.rentalId(), List.of())) {
      for (FilmCategory in : categoriesByFilm.getOrDefault(film.filmId(), List.of())) {
        Category category = find(SourceTable.CATEGORY, in.categoryId(), Category.class);
        if (category != null) {
          flats.add(
              rental.rentalDate() == null
                  ? new DefectiveFlat(rental.rentalId(), payment.paymentId(), in.categoryId())
                  : flat(rental, payment, customer, film, category));
        }
      }
    }
  }

  static CustomerOrderFlat flat(
      Rental rental, Payment payment, Customer customer, Film film, Category category) {
    if (rental.rentalDate() == null) {
      throw new IllegalArgumentException("A zero date makes no flat: " + rental);
    }
    return new CustomerOrderFlat(
        rental.rentalId(),
        payment.paymentId(),
        category.categoryId(),
        customer.customerId(),
        customer.firstName() + " " + customer.lastName(),
        film.filmId(),
        film.title(),
        category.name(),
        payment.amountCents(),
        rental.rentalDate(),
        rental.returnDate());
  }

  /** The rentals that hang on a row, in any order, with repetitions. */
  LongStream rentalsOf(SourceTable table, ChangeKey key) {
    return switch (table) {
      case RENTAL -> rows(table).containsKey(key) ? LongStream.of(key.first()) : LongStream.empty();
      case PAYMENT -> {
        Payment payment = find(table, key.first(), Payment.class);
        yield payment == null || payment.rentalId() == null
            ? LongStream.empty()
            : LongStream.of(payment.rentalId());
      }
      case CUSTOMER -> ids(rentalsByCustomer.getOrDefault(key.first(), List.of()));
      case INVENTORY -> ids(rentalsByInventory.getOrDefault(key.first(), List.of()));
      case FILM, FILM_CATEGORY -> rentalsOfFilm(key.first());
      case CATEGORY ->
          filmsByCategory.getOrDefault(key.first(), List.of()).stream()
              .mapToLong(FilmCategory::filmId)
              .flatMap(this::rentalsOfFilm);
    };
  }

  private LongStream rentalsOfFilm(long film) {
    return inventoryByFilm.getOrDefault(film, List.of()).stream()
        .flatMapToLong(copy -> ids(rentalsByInventory.getOrDefault(copy.inventoryId(), List.of())));
  }

  private static LongStream ids(List<Rental> rentals) {
    return rentals.stream().mapToLong(Rental::rentalId);
  }

  private <T extends SakilaRow> @Nullable T find(SourceTable table, long id, Class<T> type) {
    SakilaRow row = rows(table).get(new ChangeKey(id));
    return row == null ? null : type.cast(row);
  }

  /** Groups a table by a foreign key; each group in key order. */
  private <T extends SakilaRow> Map<Long, List<T>> group(
      SourceTable table, Class<T> type, Function<T, @Nullable Long> foreignKey) {
    Map<Long, List<T>> groups = new HashMap<>();
    for (SakilaRow row : rows(table).values()) {
      T typed = type.cast(row);
      Long key = foreignKey.apply(typed);
      if (key != null) {
        groups.computeIfAbsent(key, ignored -> new ArrayList<>()).add(typed);
      }
    }
    return groups;
  }
}
