package org.etlsandbox.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.etlsandbox.engines.EngineStartException;
import org.etlsandbox.engines.EngineUnavailableException;
import org.etlsandbox.soak.stage.TerminalProgress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Exit code 0: measured, and all tables were the same; 1: not so; 2: wrong usage. */
@Command(
    name = "etl bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Brings the joined rows of a seeded Jupiter into an empty, keyed table of PostgreSQL in"
          + " several ways, in alternating rounds, on engines of its own with fsync, and compares"
          + " the tables."
    })
final class BenchCommand implements Callable<Integer> {

  private static final List<String> WAYS = List.of("pipe", "file", "textbook", "ours");

  @Option(names = "--rentals", paramLabel = "N", description = "default: ${DEFAULT-VALUE}")
  private long rentals = 2_000_000;

  @Option(names = "--rounds", paramLabel = "N", description = "default: ${DEFAULT-VALUE}")
  private int rounds = 3;

  @Option(
      names = "--ways",
      split = ",",
      paramLabel = "WAY",
      description = "of pipe, file, textbook, ours; default: all")
  private List<String> ways = WAYS;

  @Option(names = "--jupiter", paramLabel = "mysql|mariadb", description = "default: mysql")
  private String jupiter = "mysql";

  @Option(names = "--data-dir", description = "keeps the seeded Jupiter (.etl/bench)")
  private Path dataDirectory = Path.of(System.getProperty("etl.home", "."), ".etl", "bench");

  @Option(names = "--json", description = "the report as JSON on standard output")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    boolean mySql = isMySql();
    List<String> unknown = ways.stream().filter(way -> !WAYS.contains(way)).toList();
    if (!unknown.isEmpty()) {
      throw wrong("--ways has %s: choose from %s".formatted(unknown, WAYS));
    }
    if (rounds < 1) {
      throw wrong("--rounds is %d: choose 1 or more".formatted(rounds));
    }
    List<String> missing =
        ways.contains("pipe") || ways.contains("file") ? Shell.missing() : List.of();
    if (!missing.isEmpty()) {
      System.err.println(
          "etl bench: %s not found; 'apt-get install bash postgresql-client', or leave out pipe and file (--ways)"
              .formatted(String.join(" and ", missing)));
      return 2;
    }
    TerminalProgress progress = new TerminalProgress();
    Path directory = dataDirectory.toAbsolutePath().normalize();
    try {
      Files.createDirectories(directory);
      try (Arena arena = Arena.open(directory, mySql, rentals, progress)) {
        Standings standings = race(arena, progress);
        System.err.println();
        return report(arena, standings);
      }
    } catch (EngineUnavailableException
        | EngineStartException
        | IllegalArgumentException
        | IllegalStateException
        | IOException
        | SQLException e) {
      System.err.println();
      System.err.println("etl bench: " + e.getMessage());
      return 1;
    }
  }

  private boolean isMySql() {
    return switch (jupiter) {
      case "mysql" -> true;
      case "mariadb" -> false;
      default -> throw wrong("--jupiter is '%s': choose mysql or mariadb".formatted(jupiter));
    };
  }

  private ParameterException wrong(String message) {
    if (spec == null) {
      throw new IllegalArgumentException(message);
    }
    return new ParameterException(spec.commandLine(), message);
  }

  private Standings race(Arena arena, TerminalProgress progress)
      throws IOException, SQLException, InterruptedException {
    Standings standings = new Standings();
    List<Contestant> contestants = new ArrayList<>();
    FinishedFile file = null;
    try {
      for (String way : WAYS) {
        if (!ways.contains(way)) {
          continue;
        }
        contestants.add(
            switch (way) {
              case "pipe" -> new ShellPipe(arena);
              case "file" -> {
                progress.say("writing the finished file");
                yield file = FinishedFile.make(arena);
              }
              case "textbook" -> new TextbookJob(arena);
              default -> new OurWorker(arena);
            });
      }
      for (int round = 1; round <= rounds; round++) {
        for (Contestant contestant : contestants) {
          progress.say("round %d of %d: %s".formatted(round, rounds, contestant.title()));
          standings.add(contestant, contestant.run());
        }
      }
    } finally {
      if (file != null) {
        file.close();
      }
    }
    return standings;
  }

  private int report(Arena arena, Standings standings) throws SQLException {
    List<String> differences = standings.differences();
    if (json) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("source", arena.source());
      report.put("destination", arena.destination());
      report.put("rentals", arena.rentals());
      report.put("rounds", rounds);
      report.put("seedSeconds", arena.seedSeconds());
      report.put("ways", standings.published());
      report.put("differences", differences);
      System.out.println(
          JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(report));
    } else {
      System.out.printf(
          "%s to %s, %,d rentals (seeded in %.0f s), %d rounds, %d cores%n",
          arena.source(),
          arena.destination(),
          arena.rentals(),
          arena.seedSeconds(),
          rounds,
          Runtime.getRuntime().availableProcessors());
      standings.table().forEach(System.out::println);
      for (String other : List.of("pipe", "file", "textbook")) {
        double ratio = standings.median("ours") / standings.median(other);
        if (!Double.isNaN(ratio)) {
          System.out.printf("ours / %s: %.2f%n", other, ratio);
        }
      }
    }
    differences.forEach(line -> System.err.println("etl bench: " + line));
    return differences.isEmpty() ? 0 : 1;
  }
}
