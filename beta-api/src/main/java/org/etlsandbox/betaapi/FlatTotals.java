package org.etlsandbox.betaapi;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Tuple;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Selection;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.etlsandbox.betaapi.Totals.OfCategory;
import org.etlsandbox.betaapi.Totals.OfCustomer;
import org.etlsandbox.betaapi.Totals.OfMonth;
import org.hibernate.SessionFactory;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;
import org.hibernate.query.criteria.JpaCriteriaQuery;
import org.hibernate.query.criteria.JpaDerivedRoot;
import org.hibernate.query.criteria.JpaRoot;
import org.hibernate.query.criteria.JpaSubQuery;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/**
 * Adds flats up, in the destination. The rows are first reduced to payments, since a payment has a
 * row for each category of its film.
 */
@Repository
class FlatTotals {

  private static final String RENTAL = "rentalId";
  private static final String PAYMENT = "paymentId";
  private static final String AMOUNT = "amount";

  private final EntityManager entities;
  private final HibernateCriteriaBuilder builder;

  FlatTotals(EntityManager entities, EntityManagerFactory factory) {
    this.entities = entities;
    this.builder = factory.unwrap(SessionFactory.class).getCriteriaBuilder();
  }

  List<OfCategory> categories(FlatFilter filter) {
    JpaCriteriaQuery<Tuple> query = builder.createTupleQuery();
    JpaDerivedRoot<Tuple> payment =
        payments(
            query,
            filter,
            List.of(),
            Map.of(
                "categoryId", flat -> flat.get("key").get("categoryId"),
                "category", flat -> flat.get("category")));
    Expression<Long> id = payment.get("categoryId");
    Expression<String> name = payment.get("category");
    query.multiselect(totals(payment, id, name)).groupBy(id, name);
    query.orderBy(builder.asc(id), builder.asc(name));
    return entities.createQuery(query).getResultList().stream()
        .map(row ->
            new OfCategory(
                row.get(0, Long.class),
                row.get(1, String.class),
                row.get(2, Long.class),
                row.get(3, Long.class),
                exact(row.get(4, BigDecimal.class))))
        .toList();
  }

  List<OfMonth> months(FlatFilter filter) {
    JpaCriteriaQuery<Tuple> query = builder.createTupleQuery();
    JpaDerivedRoot<Tuple> payment =
        payments(
            query,
            filter,
            List.of(),
            Map.of(
                "year", flat -> builder.year(flat.<LocalDateTime>get("rentalDate")),
                "month", flat -> builder.month(flat.<LocalDateTime>get("rentalDate"))));
    Expression<Integer> year = payment.get("year");
    Expression<Integer> month = payment.get("month");
    query.multiselect(totals(payment, year, month)).groupBy(year, month);
    query.orderBy(builder.asc(year), builder.asc(month));
    return entities.createQuery(query).getResultList().stream()
        .map(row ->
            new OfMonth(
                "%04d-%02d".formatted(row.get(0, Integer.class), row.get(1, Integer.class)),
                row.get(2, Long.class),
                row.get(3, Long.class),
                exact(row.get(4, BigDecimal.class))))
        .toList();
  }

  /**
   * @param after the last customer of the page before, null for the first page
   * @param most customers
   */
  List<OfCustomer> customers(FlatFilter filter, @Nullable Long after, int most) {
    JpaCriteriaQuery<Tuple> query = builder.createTupleQuery();
    JpaDerivedRoot<Tuple> payment =
        payments(
            query,
            filter,
            after == null
                ? List.of()
                : List.of(flat -> builder.greaterThan(flat.<Long>get("customerId"), after)),
            Map.of(
                "customerId", flat -> flat.get("customerId"),
                "customerName", flat -> flat.get("customerName")));
    Expression<Long> id = payment.get("customerId");
    // While a new name is on its way, a customer has rows with the old one, too
    Expression<String> name = builder.greatest(payment.<String>get("customerName"));
    query.multiselect(totals(payment, id, name)).groupBy(id);
    query.orderBy(builder.asc(id));
    return entities.createQuery(query).setMaxResults(most).getResultList().stream()
        .map(row ->
            new OfCustomer(
                row.get(0, Long.class),
                row.get(1, String.class),
                row.get(2, Long.class),
                row.get(3, Long.class),
                exact(row.get(4, BigDecimal.class))))
        .toList();
  }

  /** The payments behind the flats, each once for each value of the columns. */
  private JpaDerivedRoot<Tuple> payments(
      JpaCriteriaQuery<Tuple> query,
      FlatFilter filter,
      List<Function<JpaRoot<? extends Flat>, Predicate>> more,
      Map<String, Function<Path<? extends Flat>, Expression<?>>> columns) {
    JpaSubQuery<Tuple> payments = query.subquery(Tuple.class);
    JpaRoot<? extends Flat> flat = payments.from(filter.rows());
    List<Selection<?>> selected = new ArrayList<>();
    columns.forEach((name, column) -> selected.add(column.apply(flat).alias(name)));
    selected.add(flat.get("key").get(RENTAL).alias(RENTAL));
    selected.add(flat.get("key").get(PAYMENT).alias(PAYMENT));
    selected.add(flat.get(AMOUNT).alias(AMOUNT));
    List<Predicate> where = new ArrayList<>(filter.on(builder, flat));
    more.forEach(one -> where.add(one.apply(flat)));
    payments.multiselect(selected).distinct(true);
    payments.where(where.toArray(Predicate[]::new));
    return query.from(payments);
  }

  private List<Selection<?>> totals(
      JpaDerivedRoot<Tuple> payment, Expression<?> group, Expression<?> name) {
    return List.of(
        group,
        name,
        builder.countDistinct(payment.get(RENTAL)),
        builder.count(payment.get(PAYMENT)),
        builder.sum(payment.<BigDecimal>get(AMOUNT)));
  }

  // Throws where a digit would be lost
  private static BigDecimal exact(BigDecimal amount) {
    return amount.setScale(2);
  }
}
