package org.etlsandbox.betaapi;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.io.IOException;
import java.time.Duration;
import org.hibernate.ScrollMode;
import org.hibernate.ScrollableResults;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.Transaction;
import org.springframework.stereotype.Repository;

/**
 * Reads any number of flats, in key order, in constant memory: one statement in one transaction, so
 * on PostgreSQL one snapshot, of which the driver holds {@value #FETCH_SIZE} rows at a time.
 */
@Repository
class FlatStream {

  /** Rows of a round trip. PostgreSQL's driver reads in parts only with one, in a transaction. */
  private static final int FETCH_SIZE = 1000;

  /** What a server may take to answer that it has cancelled a query. */
  private static final Duration CANCELLATION = Duration.ofSeconds(3);

  /** Where the rows go. */
  interface Sink {

    /** The query has been answered; what fails from now on fails in the middle. */
    void begin() throws IOException;

    void row(FlatResponse row) throws IOException;
  }

  private final SessionFactory sessions;
  private final Duration timeout;

  FlatStream(EntityManagerFactory factory, QueryProperties query) {
    this.sessions = factory.unwrap(SessionFactory.class);
    this.timeout = query.exportTimeout();
  }

  /**
   * Reads them all, or throws.
   *
   * @throws IOException of the sink
   */
  void read(FlatFilter filter, Sink sink) throws IOException {
    long begun = System.nanoTime();
    try (StatelessSession session = sessions.openStatelessSession()) {
      Transaction transaction = session.beginTransaction();
      try {
        // A server that has died without a word is noticed, too; the pool puts this back
        session.doWork(connection ->
            connection.setNetworkTimeout(
                Runnable::run, (int) timeout.plus(CANCELLATION).toMillis()));
        read(session, filter.rows(), filter, sink, begun);
        transaction.commit();
      } catch (IOException | RuntimeException e) {
        rollBack(transaction, e);
        throw e;
      }
    }
  }

  private <F extends Flat> void read(
      StatelessSession session, Class<F> type, FlatFilter filter, Sink sink, long begun)
      throws IOException {
    try (ScrollableResults<F> rows =
        session
            .createQuery(query(type, filter))
            .setFetchSize(FETCH_SIZE)
            .setTimeout((int) timeout.toSeconds())
            .scroll(ScrollMode.FORWARD_ONLY)) {
      boolean more = rows.next();
      sink.begin();
      while (more) {
        sink.row(rows.get().toResponse());
        if (System.nanoTime() - begun > timeout.toNanos()) {
          throw new IllegalStateException(
              "It has taken longer than etl.query.export-timeout (%s)".formatted(timeout));
        }
        more = rows.next();
      }
    }
  }

  private <F extends Flat> CriteriaQuery<F> query(Class<F> type, FlatFilter filter) {
    CriteriaBuilder builder = sessions.getCriteriaBuilder();
    CriteriaQuery<F> query = builder.createQuery(type);
    Root<F> flat = query.from(type);
    return query
        .where(filter.on(builder, flat).toArray(Predicate[]::new))
        .orderBy(FlatPages.order(builder, flat, FlatSort.BY_KEY));
  }

  // On a broken connection this fails as well; why it broke is to be told
  private static void rollBack(Transaction transaction, Exception failure) {
    try {
      transaction.rollback();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
