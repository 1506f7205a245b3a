package org.etlsandbox.benchmark;

import java.io.IOException;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Map;
import javax.sql.DataSource;
import org.etlsandbox.benchmark.arena.Arena;
import org.etlsandbox.benchmark.arena.CpuTime;
import org.etlsandbox.benchmark.arena.Database;
import org.etlsandbox.benchmark.arena.FlatTable;
import org.etlsandbox.benchmark.arena.Lap;
import org.etlsandbox.benchmark.arena.Shell;
import org.etlsandbox.soak.stage.DestinationChoice;
import org.etlsandbox.soak.stage.Login;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.database.JdbcBatchItemWriter;
import org.springframework.batch.infrastructure.item.database.JdbcCursorItemReader;
import org.springframework.batch.infrastructure.item.database.builder.JdbcBatchItemWriterBuilder;
import org.springframework.batch.infrastructure.item.database.builder.JdbcCursorItemReaderBuilder;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * Spring Batch as its documentation teaches it: a streaming cursor over the join, chunks of 1,000,
 * upserts in JDBC batches that the driver rewrites into statements of many rows. Its repository
 * writes nothing, which favours it.
 */
final class TextbookJob implements Contestant {

  private static final int CHUNK = 1_000;

  private static final String UPSERT =
      """
      INSERT INTO %s (%s) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (rental_id, payment_id, category_id) DO UPDATE SET
        customer_id = EXCLUDED.customer_id, customer_name = EXCLUDED.customer_name,
        film_id = EXCLUDED.film_id, film_title = EXCLUDED.film_title,
        category = EXCLUDED.category, amount = EXCLUDED.amount,
        rental_date = EXCLUDED.rental_date, return_date = EXCLUDED.return_date
      """
          .formatted(FlatTable.NAME, FlatTable.COLUMNS);

  private final Arena arena;
  private final boolean hinted;

  /**
   * @param hinted whether the join has the hint that makes it fast
   */
  TextbookJob(Arena arena, boolean hinted) {
    this.arena = arena;
    this.hinted = hinted;
  }

  /** A row of the join. */
  private record Flat(
      long rentalId,
      long paymentId,
      long categoryId,
      long customerId,
      String customerName,
      long filmId,
      String filmTitle,
      String category,
      BigDecimal amount,
      LocalDateTime rentalDate,
      @Nullable LocalDateTime returnDate) {

    static Flat of(ResultSet row, int number) throws SQLException {
      return new Flat(
          row.getLong(1),
          row.getLong(2),
          row.getLong(3),
          row.getLong(4),
          row.getString(5),
          row.getLong(6),
          row.getString(7),
          row.getString(8),
          row.getBigDecimal(9),
          row.getObject(10, LocalDateTime.class),
          row.getObject(11, LocalDateTime.class));
    }

    void set(PreparedStatement statement) throws SQLException {
      statement.setLong(1, rentalId);
      statement.setLong(2, paymentId);
      statement.setLong(3, categoryId);
      statement.setLong(4, customerId);
      statement.setString(5, customerName);
      statement.setLong(6, filmId);
      statement.setString(7, filmTitle);
      statement.setString(8, category);
      statement.setBigDecimal(9, amount);
      statement.setObject(10, rentalDate);
      statement.setObject(11, returnDate);
    }
  }

  @Override
  public String key() {
    return hinted ? "textbook-hinted" : "textbook";
  }

  @Override
  public String title() {
    return hinted
        ? "the same, with the pipe's STRAIGHT_JOIN"
        : "textbook Spring Batch job, chunks of 1,000";
  }

  @Override
  public Lap run() throws IOException, SQLException, InterruptedException {
    try (Database database = arena.newDestination(DestinationChoice.NEPTUNE)) {
      FlatTable.create(database);
      return run(database, arena.jupiter().login());
    }
  }

  private Lap run(Database database, Login jupiter)
      throws IOException, SQLException, InterruptedException {
    SingleConnectionDataSource source =
        new SingleConnectionDataSource(jupiter.url(), jupiter.username(), jupiter.password(), true);
    SingleConnectionDataSource destination =
        new SingleConnectionDataSource(
            database.login().url() + "?reWriteBatchedInserts=true",
            database.login().username(),
            database.login().password(),
            true);
    try {
      CpuTime cpu = new CpuTime(arena.servers(database));
      double own = CpuTime.ownSeconds();
      long began = System.nanoTime();
      copy(source, destination);
      double seconds = (System.nanoTime() - began) / 1e9;
      Map<String, Double> used = cpu.used();
      used.put("client", CpuTime.ownSeconds() - own);
      return FlatTable.lap(FlatTable.content(database), seconds, used);
    } finally {
      source.destroy();
      destination.destroy();
    }
  }

  private void copy(DataSource source, DataSource destination) {
    ResourcelessJobRepository repository = new ResourcelessJobRepository();
    Job job =
        new JobBuilder("copy", repository)
            .start(
                new StepBuilder("copy", repository)
                    .<Flat, Flat>chunk(CHUNK)
                    .transactionManager(new JdbcTransactionManager(destination))
                    .reader(reader(source))
                    .writer(writer(destination))
                    .build())
            .build();
    try {
      TaskExecutorJobOperator operator = new TaskExecutorJobOperator();
      operator.setJobRegistry(new MapJobRegistry());
      operator.setJobRepository(repository);
      operator.setTaskExecutor(new SyncTaskExecutor());
      operator.afterPropertiesSet();
      JobExecution execution = operator.start(job, new JobParameters());
      if (execution.getStatus() != BatchStatus.COMPLETED) {
        throw new IllegalStateException("The job ended: " + execution.getAllFailureExceptions());
      }
    } catch (Exception e) {
      throw new IllegalStateException("The textbook job could not be run: " + e, e);
    }
  }

  private JdbcCursorItemReader<Flat> reader(DataSource source) {
    return new JdbcCursorItemReaderBuilder<Flat>()
        .name("join")
        .dataSource(source)
        .sql(hinted ? Shell.HINTED_JOIN : Shell.JOIN)
        .fetchSize(Integer.MIN_VALUE)
        .verifyCursorPosition(false)
        .rowMapper(Flat::of)
        .build();
  }

  private static JdbcBatchItemWriter<Flat> writer(DataSource destination) {
    return new JdbcBatchItemWriterBuilder<Flat>()
        .dataSource(destination)
        .sql(UPSERT)
        .itemPreparedStatementSetter(Flat::set)
        .assertUpdates(false)
        .build();
  }
}
