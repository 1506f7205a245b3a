package org.etlsandbox.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.etlsandbox.benchmark.arena.Arena;
import org.etlsandbox.benchmark.arena.Jupiter;
import org.etlsandbox.benchmark.arena.Shell;
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

/** Exit code 0: measured, and nothing was wrong or lost; 1: not so; 2: wrong usage. */
@Command(
    name = "etl bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "How fast the workers are, measured on engines of its own with fsync. Figures are to be"
          + " compared within one run only.",
      "",
      "Parts:",
      "  load          PostgreSQL: ours, a shell pipe, a finished file, textbook jobs",
      "  destinations  the others, each against its own bulk limit",
      "  together      all four at once, against one after the other; memory",
      "  freshness     from commit to visible, at 10, 200 and 1,000 changes a second",
      "  idle          a poll that finds nothing, with few rentals and with many",
      "  unchanged     a load that finds every row as it should be, against reading both sides",
      "  start         until a worker is ready, and its memory when idle",
      "  pages         beta-api: a page of 100 rows at the beginning, in the middle, at the end"
    })
final class BenchCommand implements Callable<Integer> {

  private static final List<Part> PARTS =
      List.of(
          new LoadPart(),
          new DestinationsPart(),
          new TogetherPart(),
          new FreshnessPart(),
          new IdlePart(),
          new UnchangedPart(),
          new StartPart(),
          new PagesPart());

  private static final long RENTALS = 2_000_000;
  private static final int ROUNDS = 3;
  private static final long QUICK_RENTALS = 50_000;
  private static final int QUICK_ROUNDS = 1;

  @Option(
      names = "--part",
      split = ",",
      paramLabel = "PART",
      description = "one or more of those above; default: all")
  private List<String> parts = PARTS.stream().map(Part::key).toList();

  @Option(
      names = "--quick",
      description = "all of it, small, within three minutes; shows that it runs, no more")
  private boolean quick;

  @Option(names = "--rentals", paramLabel = "N", description = "default: 2000000; quick: 50000")
  private @Nullable Long rentals;

  @Option(names = "--rounds", paramLabel = "N", description = "default: 3; quick: 1")
  private @Nullable Integer rounds;

  @Option(
      names = "--ways",
      split = ",",
      paramLabel = "WAY",
      description = "of pipe, file, textbook, textbook-hinted, ours, for part load; default: all")
  private List<String> ways = LoadPart.WAYS;

  @Option(names = "--jupiter", paramLabel = "mysql|mariadb", description = "default: mysql")
  private String jupiter = "mysql";

  @Option(names = "--data-dir", description = "keeps the seeded Jupiter (.etl-bench)")
  private Path dataDirectory = Path.of(System.getProperty("etl.home", "."), ".etl-bench");

  @Option(names = "--json", description = "the report as JSON on standard output")
  private boolean json;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "draws the figures into this file, as SVG")
  private @Nullable Path plot;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    boolean mySql = isMySql();
    requireKnown("--ways", ways, LoadPart.WAYS);
    requireKnown("--part", parts, PARTS.stream().map(Part::key).toList());
    int howOften = rounds == null ? quick ? QUICK_ROUNDS : ROUNDS : rounds;
    if (howOften < 1) {
      throw wrong("--rounds is %d: choose 1 or more".formatted(howOften));
    }
    long size = rentals == null ? quick ? QUICK_RENTALS : RENTALS : rentals;
    Plan plan =
        quick
            ? Plan.quick(howOften, new LinkedHashSet<>(ways))
            : Plan.full(howOften, new LinkedHashSet<>(ways));
    requireShell();
    requirePlace();
    TerminalProgress progress = new TerminalProgress();
    Path directory = dataDirectory.toAbsolutePath().normalize();
    try {
      Files.createDirectories(directory);
      try (Arena arena = Arena.open(directory, mySql, size, progress)) {
        List<Report> reports = new ArrayList<>();
        for (Part part : PARTS) {
          if (parts.contains(part.key())) {
            reports.add(part.measure(arena, plan, progress));
          }
        }
        System.err.println();
        if (plot != null) {
          Files.writeString(plot, Plot.svg(subject(arena.jupiter()), reports));
        }
        return publish(arena.jupiter(), plan, reports);
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

  private void requireKnown(String option, List<String> given, List<String> known) {
    List<String> unknown = given.stream().filter(one -> !known.contains(one)).toList();
    if (!unknown.isEmpty()) {
      throw wrong("%s has %s: choose from %s".formatted(option, unknown, known));
    }
  }

  /** Who asks for a way by its name is told at once when it cannot be gone. */
  private void requireShell() {
    boolean named = spec != null && spec.commandLine().getParseResult().hasMatchedOption("--ways");
    List<String> missing = Shell.missing();
    if (named && !missing.isEmpty() && ways.stream().anyMatch(LoadPart.IN_THE_SHELL::contains)) {
      throw wrong(
          "%s not found; 'apt-get install bash postgresql-client', or choose other --ways than pipe and file"
              .formatted(String.join(" and ", missing)));
    }
  }

  /** Said before all is measured in vain. */
  private void requirePlace() {
    Path parent = plot == null ? null : plot.toAbsolutePath().getParent();
    if (parent != null && !Files.isWritable(parent)) {
      throw wrong("--plot: %s cannot be written to; choose another place".formatted(parent));
    }
  }

  private static String subject(Jupiter source) {
    return "%,d rentals from %s, %d cores"
        .formatted(source.rentals(), source.product(), Runtime.getRuntime().availableProcessors());
  }

  private ParameterException wrong(String message) {
    if (spec == null) {
      throw new IllegalArgumentException(message);
    }
    return new ParameterException(spec.commandLine(), message);
  }

  private int publish(Jupiter source, Plan plan, List<Report> reports) {
    if (json) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("source", source.product());
      all.put("rentals", source.rentals());
      all.put("rounds", plan.rounds());
      all.put("cores", Runtime.getRuntime().availableProcessors());
      all.put("seedSeconds", source.seedSeconds());
      Map<String, Object> measured = new LinkedHashMap<>();
      reports.forEach(report -> measured.put(report.key(), report.published()));
      all.put("parts", measured);
      System.out.println(
          JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(all));
    } else {
      System.out.printf(
          "%s; seeded in %.0f s; %d rounds%n",
          subject(source), source.seedSeconds(), plan.rounds());
      for (Report report : reports) {
        System.out.println();
        report.lines().forEach(System.out::println);
      }
    }
    reports.stream()
        .flatMap(report -> report.failures().stream())
        .forEach(line -> System.err.println("etl bench: " + line));
    return reports.stream().allMatch(report -> report.failures().isEmpty()) ? 0 : 1;
  }
}
