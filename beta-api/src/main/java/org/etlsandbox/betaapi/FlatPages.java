package org.etlsandbox.betaapi;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Order;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/**
 * Reads flats in pages by the place where the last one ended: it costs the same at any depth, and
 * what is written meanwhile moves no row to another page.
 *
 * <p>Not transactional, for the reason that {@link CurrentFlatRepository} gives.
 */
@Repository
class FlatPages {

  /** Which of the rows that the filter lets through. */
  private interface Part {
    Predicate[] of(CriteriaBuilder builder, Path<? extends Flat> flat);
  }

  private final EntityManager entities;

  FlatPages(EntityManager entities) {
    this.entities = entities;
  }

  /** All flats of a rental, in key order; empty where there is none. */
  List<FlatResponse> ofRental(long rentalId, FlatFilter filter) {
    return read(
        filter.rows(),
        filter,
        FlatSort.BY_KEY,
        (builder, flat) -> new Predicate[] {builder.equal(rental(flat), rentalId)},
        null);
  }

  /**
   * The rows that follow.
   *
   * @param after the last row of the page before, null for the first page
   */
  FlatPage page(FlatFilter filter, FlatSort sort, @Nullable FlatPosition after, int limit) {
    // One more than the page holds says whether another one follows
    List<FlatResponse> rows = rows(filter, sort, after, limit + 1);
    return rows.size() <= limit
        ? new FlatPage(rows, null)
        : new FlatPage(
            List.copyOf(rows.subList(0, limit)),
            FlatPosition.cursor(filter, sort, rows.get(limit - 1)));
  }

  private List<FlatResponse> rows(
      FlatFilter filter, FlatSort sort, @Nullable FlatPosition after, int most) {
    if (after == null) {
      return read(filter.rows(), filter, sort, (builder, flat) -> new Predicate[0], most);
    }
    FlatKey key = after.key();
    boolean descending = sort.descending();
    if (sort.byKey()) {
      return read(
          filter.rows(),
          filter,
          sort,
          (builder, flat) -> beyond(builder, flat, key, descending),
          most);
    }
    // Two reads, because an OR of both would make the index walk through all rows of equal value
    // once more for every page, and there may be hundreds of thousands of one amount
    Part equal =
        (builder, flat) ->
            Stream.concat(
                    Stream.of(builder.equal(flat.get(sort.column().parameter()), after.value())),
                    Stream.of(beyond(builder, flat, key, descending)))
                .toArray(Predicate[]::new);
    List<FlatResponse> rows = new ArrayList<>(read(filter.rows(), filter, sort, equal, most));
    if (rows.size() < most) {
      Part further =
          (builder, flat) ->
              new Predicate[] {
                further(builder, flat.get(sort.column().parameter()), after.value(), descending)
              };
      rows.addAll(read(filter.rows(), filter, sort, further, most - rows.size()));
    }
    return rows;
  }

  private <F extends Flat> List<FlatResponse> read(
      Class<F> type, FlatFilter filter, FlatSort sort, Part part, @Nullable Integer most) {
    CriteriaBuilder builder = entities.getCriteriaBuilder();
    CriteriaQuery<F> query = builder.createQuery(type);
    Root<F> flat = query.from(type);
    query
        .where(
            Stream.concat(Stream.of(part.of(builder, flat)), filter.on(builder, flat).stream())
                .toArray(Predicate[]::new))
        .orderBy(order(builder, flat, sort));
    TypedQuery<F> rows = entities.createQuery(query);
    if (most != null) {
      rows.setMaxResults(most);
    }
    return rows.getResultList().stream().map(Flat::toResponse).toList();
  }

  /** The order of {@code sort}; the columns of the key come last. */
  static List<Order> order(CriteriaBuilder builder, Path<? extends Flat> flat, FlatSort sort) {
    UnaryOperator<Order> direction = sort.descending() ? Order::reverse : UnaryOperator.identity();
    Stream<Expression<?>> key = Stream.of(rental(flat), payment(flat), category(flat));
    return (sort.byKey() ? key : Stream.concat(Stream.of(flat.get(sort.column().parameter())), key))
        .map(builder::asc)
        .map(direction)
        .toList();
  }

  /**
   * Beyond a key. The condition on the rental alone is what an index can use to find the place; the
   * other one only decides about the rows of that one rental.
   */
  private static Predicate[] beyond(
      CriteriaBuilder builder, Path<? extends Flat> flat, FlatKey key, boolean descending) {
    Predicate found =
        descending
            ? builder.lessThanOrEqualTo(rental(flat), key.rentalId())
            : builder.greaterThanOrEqualTo(rental(flat), key.rentalId());
    Predicate category = further(builder, category(flat), key.categoryId(), descending);
    return new Predicate[] {
      found,
      builder.or(
          further(builder, rental(flat), key.rentalId(), descending),
          further(builder, payment(flat), key.paymentId(), descending),
          builder.and(builder.equal(payment(flat), key.paymentId()), category))
    };
  }

  // The column and the value are of one type: both come from the same SortColumn
  @SuppressWarnings("unchecked")
  private static <T extends Comparable<? super T>> Predicate further(
      CriteriaBuilder builder, Expression<?> column, Comparable<?> value, boolean descending) {
    return descending
        ? builder.lessThan((Expression<T>) column, (T) value)
        : builder.greaterThan((Expression<T>) column, (T) value);
  }

  private static Path<Long> rental(Path<? extends Flat> flat) {
    return flat.get("key").get("rentalId");
  }

  private static Path<Long> payment(Path<? extends Flat> flat) {
    return flat.get("key").get("paymentId");
  }

  private static Path<Long> category(Path<? extends Flat> flat) {
    return flat.get("key").get("categoryId");
  }
}
