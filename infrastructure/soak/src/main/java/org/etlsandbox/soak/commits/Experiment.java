package org.etlsandbox.soak.commits;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.etlsandbox.soak.stage.DestinationChoice;
import org.etlsandbox.soak.stage.Login;
import org.etlsandbox.soak.stage.Progress;
import org.etlsandbox.soak.stage.WorkerProcess;
import org.etlsandbox.testkit.worker.JoinedRows;
import tools.jackson.databind.JsonNode;

/** Runs a trial from the first engine to the last comparison. */
public final class Experiment {

  private static final Duration CATCH_UP = Duration.ofMinutes(3);

  private final Trial trial;
  private final Progress progress;
  private final Tally tally = new Tally();
  private final OpenTransactions transactions = new OpenTransactions();

  public Experiment(Trial trial, Progress progress) {
    this.trial = trial;
    this.progress = progress;
  }

  /**
   * @throws IllegalStateException if the experiment itself failed, or a worker ended or did not
   *     catch up
   */
  public Report run() throws IOException, SQLException, InterruptedException {
    Stage stage = Stage.open(trial, progress);
    Report report;
    try (stage) {
      long began = System.nanoTime();
      Map<String, WatermarkWatch.Worst> worst = write(stage);
      long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
      progress.say("catching up");
      awaitEverything(stage);
      progress.say("comparing all rows");
      report = report(stage, worst, seconds);
    }
    if (report.isComplete()) {
      stage.forget();
    } else {
      progress.say("the workers' logs are in " + stage.directory());
    }
    return report;
  }

  private Map<String, WatermarkWatch.Worst> write(Stage stage)
      throws SQLException, InterruptedException {
    KnownRows rows;
    try (Connection connection = stage.jupiter().connect()) {
      rows = KnownRows.read(connection);
    }
    Writers writers = new Writers(trial, stage.jupiter(), rows, transactions, tally);
    try (WatermarkWatch watch = new WatermarkWatch(stage.control(), transactions);
        MetadataLocks locks = new MetadataLocks(trial, stage.jupiter(), transactions, tally);
        RestlessReader reader = new RestlessReader(trial, stage.jupiter(), transactions, tally)) {
      writers.start();
      while (!writers.areDone()) {
        Thread.sleep(500);
        stage.workers().values().forEach(WorkerProcess::requireAlive);
        watch.requireNoFailure();
        progress.say(sentence(watch));
      }
      locks.close();
      reader.close();
      writers.requireNoFailure();
      locks.requireNoFailure();
      reader.requireNoFailure();
      watch.requireNoFailure();
      return watch.worst();
    }
  }

  private String sentence(WatermarkWatch watch) {
    long worst =
        watch.worst().values().stream()
            .mapToLong(WatermarkWatch.Worst::excessMillis)
            .max()
            .orElse(0);
    return "%,d of %,d transactions, %,d late, %,d after a metadata lock; worst watermark %.1f s more than the oldest transaction"
        .formatted(
            tally.ended(),
            trial.transactions(),
            tally.late.get(),
            tally.lockedOut.get(),
            worst / 1000.0);
  }

  /** Nothing is open any more: when all watermarks are later than now, all has had its turn. */
  private void awaitEverything(Stage stage) throws SQLException, InterruptedException {
    long ended = System.currentTimeMillis();
    long deadline = System.nanoTime() + CATCH_UP.toNanos();
    while (true) {
      long lowest =
          number(
              stage.control(),
              "SELECT FLOOR(EXTRACT(EPOCH FROM min(watermark)) * 1000) FROM checkpoint");
      if (lowest > ended) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "The watermarks are still %.1f s behind the last commit after %d s: see the logs in %s"
                .formatted((ended - lowest) / 1000.0, CATCH_UP.toSeconds(), stage.directory()));
      }
      stage.workers().values().forEach(WorkerProcess::requireAlive);
      Thread.sleep(200);
    }
  }

  private Report report(Stage stage, Map<String, WatermarkWatch.Worst> worst, long seconds)
      throws IOException, SQLException, InterruptedException {
    List<String> expected;
    try (Connection connection = stage.jupiter().connect()) {
      expected = JoinedRows.inJupiter(connection);
    }
    List<Report.Outcome> outcomes = new ArrayList<>();
    String source = "";
    for (DestinationChoice destination : trial.destinations()) {
      List<String> actual;
      try (Connection connection = stage.of(destination).connect()) {
        actual = JoinedRows.inDestination(connection);
      }
      WorkerProcess worker = stage.workers().get(destination);
      if (worker == null) {
        throw new IllegalStateException("No worker for " + destination.key());
      }
      JsonNode status = worker.status();
      source = status.path("source").asString("");
      WatermarkWatch.Worst lag =
          worst.getOrDefault(destination.worker(), new WatermarkWatch.Worst(0, 0, 0));
      outcomes.add(
          new Report.Outcome(
              destination.key(),
              status.path("engine").asString("")
                  + (status.path("standIn").asBoolean()
                      ? ", stands in for " + status.path("meantFor").asString("")
                      : ""),
              Comparison.of(expected, actual),
              lag.behindMillis(),
              lag.excessMillis(),
              lag.samples(),
              number(
                  stage.control(),
                  "SELECT max(epoch) FROM checkpoint WHERE worker = '%s'"
                      .formatted(destination.worker())),
              status.path("sweepFound").asLong()
                  + number(
                      stage.control(),
                      "SELECT count(*) FROM run WHERE kind = 'sweep' AND worker = '%s'"
                          .formatted(destination.worker()))));
    }
    return new Report(
        source,
        trial.jupiter().view(),
        seconds,
        tally.committed.get(),
        tally.rolledBack.get(),
        tally.retried.get(),
        tally.late.get(),
        tally.twins.get(),
        tally.lockedOut.get(),
        tally.bursts.get(),
        transactions.longestMillis(),
        outcomes);
  }

  private static long number(Login database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
