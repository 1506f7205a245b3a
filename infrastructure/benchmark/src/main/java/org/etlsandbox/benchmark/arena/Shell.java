package org.etlsandbox.benchmark.arena;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Command lines of {@code mariadb} and {@code psql}, as somebody would type them. */
public final class Shell {

  /** In text format a NULL reads as mariadb prints it. No column of ours may hold that text. */
  public static final String COPY_OPTIONS = "WITH (NULL 'NULL')";

  /** The join as somebody writes it who leaves the plan to the optimizer. */
  public static final String JOIN =
      """
      SELECT r.rental_id, p.payment_id, g.category_id, c.customer_id,
        CONCAT(c.first_name, ' ', c.last_name), f.film_id, f.title, g.name,
        p.amount, r.rental_date, r.return_date
      FROM rental r
      JOIN payment p ON p.rental_id = r.rental_id
      JOIN customer c ON c.customer_id = r.customer_id
      JOIN inventory i ON i.inventory_id = r.inventory_id
      JOIN film f ON f.film_id = i.film_id
      JOIN film_category fc ON fc.film_id = f.film_id
      JOIN category g ON g.category_id = fc.category_id
      """;

  /** In the order of rental's primary key. The optimizer may begin elsewhere, and sort. */
  public static final String HINTED_JOIN =
      """
      SELECT STRAIGHT_JOIN r.rental_id, p.payment_id, g.category_id, c.customer_id,
        CONCAT(c.first_name, ' ', c.last_name), f.film_id, f.title, g.name,
        p.amount, r.rental_date, r.return_date
      FROM rental r
      JOIN payment p ON p.rental_id = r.rental_id
      JOIN customer c ON c.customer_id = r.customer_id
      JOIN inventory i ON i.inventory_id = r.inventory_id
      JOIN film f ON f.film_id = i.film_id
      JOIN film_category fc ON fc.film_id = f.film_id
      JOIN category g ON g.category_id = fc.category_id
      """;

  // What bash's `times` says of its children: 0m1.234s 0m0.567s
  private static final Pattern TIMES = Pattern.compile("(\\d+)m([0-9.]+)s (\\d+)m([0-9.]+)s\\s*$");

  private final Map<String, String> environment = new LinkedHashMap<>();
  private final Path log;

  private Shell(Arena arena) {
    this.log = arena.directory().resolve("shell.log");
    // why not in the command line: anybody could read it there
    environment.put("MYSQL_PWD", arena.jupiter().shell().password());
  }

  /** What a command line used. */
  public record Times(double seconds, double cpuSeconds) {}

  /**
   * @param postgreSqlPassword empty where psql is not run
   */
  public static Shell of(Arena arena, String postgreSqlPassword) {
    Shell shell = new Shell(arena);
    shell.environment.put("PGPASSWORD", postgreSqlPassword);
    return shell;
  }

  /** Which of the programs it needs are missing; empty when none is. */
  public static List<String> missing() {
    return Stream.of("bash", "psql")
        .filter(program ->
            Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .noneMatch(directory -> Files.isExecutable(Path.of(directory, program))))
        .toList();
  }

  public static String mariadb(Arena arena) {
    return "%s --no-defaults --protocol=tcp --host=127.0.0.1 --port=%d --user=%s --skip-ssl --quick --batch --skip-column-names --default-character-set=utf8mb4 --execute='%s' sakila"
        .formatted(
            arena.jupiter().client(),
            arena.jupiter().port(),
            arena.jupiter().shell().username(),
            HINTED_JOIN.replace("'", "'\\''").replace('\n', ' '));
  }

  public static String psql(Arena arena, Database database, String sql) {
    return "psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --host=127.0.0.1 --port=%d --username=%s --dbname=%s --command=\"%s\""
        .formatted(arena.postgreSqlPort(), database.login().username(), database.name(), sql);
  }

  public Times run(String commandLine) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", "set -euo pipefail; " + commandLine + "; times")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    long began = System.nanoTime();
    int code = builder.start().waitFor();
    double seconds = (System.nanoTime() - began) / 1e9;
    String said = Files.readString(log, StandardCharsets.UTF_8);
    Matcher times = TIMES.matcher(said);
    if (code != 0 || !times.find()) {
      throw new IOException("The shell command ended with code %d: %s".formatted(code, said));
    }
    double cpu =
        60 * Double.parseDouble(times.group(1))
            + Double.parseDouble(times.group(2))
            + 60 * Double.parseDouble(times.group(3))
            + Double.parseDouble(times.group(4));
    return new Times(seconds, cpu);
  }
}
