package org.etlsandbox.soak.commits;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.etlsandbox.engines.EngineStartException;
import org.etlsandbox.engines.EngineUnavailableException;
import org.etlsandbox.soak.stage.DestinationChoice;
import org.etlsandbox.soak.stage.JupiterChoice;
import org.etlsandbox.soak.stage.TerminalProgress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Exit code 0: nothing lost and the watermark kept moving; 1: not so; 2: wrong usage. */
@Command(
    name = "commits",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Late and out-of-order commits: writers begin transactions of several statements, wait, and"
          + " commit or roll back in random order, while the workers poll and never sweep. Then all"
          + " rows are compared with Jupiter's join.",
      "Engines of its own, four workers with 256 MB each. MARS_URL, NEPTUNE_URL, VENUS_URL (with"
          + " _USERNAME, _PASSWORD) name an empty database of yours instead."
    })
public final class CommitsCommand implements Callable<Integer> {

  @Option(names = "--transactions", paramLabel = "N", description = "default: ${DEFAULT-VALUE}")
  private int transactions = 10_000;

  @Option(names = "--jupiter", paramLabel = "mariadb|mysql", description = "default: mariadb")
  private String jupiter = "mariadb";

  @Option(
      names = "--innodb-trx",
      description =
          "MySQL without its performance schema, so that workers see transactions in innodb_trx")
  private boolean innodbTrx;

  @Option(
      names = "--writers",
      paramLabel = "N",
      description = "transactions at a time; default: ${DEFAULT-VALUE}")
  private int writers = 40;

  @Option(
      names = "--destinations",
      split = ",",
      paramLabel = "NAME",
      description = "default: mars,neptune,venus,clickhouse")
  private List<String> destinations = List.of("mars", "neptune", "venus", "clickhouse");

  @Option(names = "--seed", paramLabel = "N", description = "default: ${DEFAULT-VALUE}")
  private long seed = 1;

  @Option(
      names = "--poll-interval",
      paramLabel = "MS",
      description = "pause between two polls; default: ${DEFAULT-VALUE}")
  private int pollMillis = 500;

  @Option(names = "--json", description = "the report as JSON on standard output")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Trial trial =
        new Trial(
            jupiterChoice(),
            within("--transactions", transactions, 1, 10_000_000),
            within("--writers", writers, 1, 500),
            destinations.stream().map(this::destination).distinct().sorted().toList(),
            seed,
            2_000,
            20,
            Duration.ofSeconds(20),
            Duration.ofMillis(within("--poll-interval", pollMillis, 50, 60_000)));
    try {
      Report report = new Experiment(trial, new TerminalProgress()).run();
      System.err.println();
      if (json) {
        System.out.println(new JsonMapper().writeValueAsString(report));
      } else {
        System.out.print(report.inWords());
      }
      return report.isComplete() && report.keptUp() ? 0 : 1;
    } catch (EngineUnavailableException
        | EngineStartException
        | IllegalStateException
        | IOException
        | SQLException e) {
      System.err.println();
      System.err.println("etl soak commits: " + e.getMessage());
      return 1;
    }
  }

  private JupiterChoice jupiterChoice() {
    return switch (jupiter) {
      case "mysql" -> innodbTrx ? JupiterChoice.MYSQL_INNODB_TRX : JupiterChoice.MYSQL;
      case "mariadb" -> JupiterChoice.MARIADB;
      default -> throw wrong("--jupiter is '%s': choose mariadb or mysql".formatted(jupiter));
    };
  }

  private DestinationChoice destination(String name) {
    return Arrays.stream(DestinationChoice.values())
        .filter(one -> one.key().equals(name.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            wrong(
                "--destinations has '%s': choose from mars, neptune, venus, clickhouse"
                    .formatted(name)));
  }

  private int within(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw wrong("%s is %d: choose one from %d to %d".formatted(option, value, least, most));
    }
    return value;
  }

  private ParameterException wrong(String message) {
    if (spec == null) {
      throw new IllegalArgumentException(message);
    }
    return new ParameterException(spec.commandLine(), message);
  }
}
