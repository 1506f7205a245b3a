package org.etlsandbox.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A statement as it was agreed on, after a comment line for each choice in it: {@code -- choice:
 * reason. link to the vendor's page}.
 */
record GoldenFile(String name, List<String> reasons, String statement) {
  private static final Path SOURCES = Path.of("src/test/resources/org/etlsandbox/sqlserver");

  private static final Pattern REASON =
      Pattern.compile("-- \\S.*?: \\S.*\\. https://learn\\.microsoft\\.com/sql/[a-z0-9/-]+");

  /** What a reader would ask about, wherever it stands in a statement. */
  private static final List<String> CHOICES =
      List.of(
          "SET NOCOUNT ON",
          "SET XACT_ABORT ON",
          "SET LOCK_TIMEOUT",
          "READ COMMITTED",
          "UPDLOCK",
          "HOLDLOCK",
          "TABLOCK",
          "OPTION (RECOMPILE)",
          "ORDER BY",
          "ORDER(",
          "CHECK_CONSTRAINTS",
          "sp_getapplock",
          "@LockOwner",
          "@LockTimeout",
          "N'Shared'",
          "N'Exclusive'",
          "OPENJSON",
          "ROWCOUNT_BIG",
          "COUNT_BIG(*)",
          "DATALENGTH",
          "EXCEPT",
          "NOT EXISTS",
          "TRUNCATE",
          "OBJECT_ID",
          "SERVERPROPERTY",
          "COLLATE Latin1_General_100_BIN2",
          ", 126)");

  static GoldenFile of(String folder, String name) {
    String path = folder + "/" + name + ".sql";
    try (InputStream in = GoldenFile.class.getResourceAsStream(path)) {
      assertThat(in)
          .as(
              "golden file %s: write down the statement, and the reason for each choice in it",
              path)
          .isNotNull();
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      List<String> reasons = lines.stream().takeWhile(GoldenFile::isComment).toList();
      return new GoldenFile(
          name,
          reasons,
          lines.stream().skip(reasons.size()).collect(Collectors.joining("\n", "", "\n")));
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  private static boolean isComment(String line) {
    return line.startsWith("--");
  }

  /**
   * The names of all golden files of a folder: of the sources, as a build keeps copies of old ones.
   */
  static TreeSet<String> names(String folder) {
    try (Stream<Path> files = Files.list(SOURCES.resolve(folder))) {
      return files
          .map(file -> file.getFileName().toString())
          .peek(file -> assertThat(file).endsWith(".sql"))
          .map(file -> file.substring(0, file.length() - ".sql".length()))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(folder, e);
    }
  }

  /** Every line has a reason and a link, and no choice goes without. */
  void assertExplained() {
    assertThat(reasons).as("reasons in %s", name).isNotEmpty();
    assertThat(reasons)
        .as("%s: each line '-- choice: reason. https://learn.microsoft.com/sql/…'", name)
        .allMatch(line -> REASON.matcher(line).matches());
    assertThat(CHOICES.stream().filter(statement::contains).filter(this::isUnexplained))
        .as("choices in %s without a line of their own", name)
        .isEmpty();
  }

  private boolean isUnexplained(String choice) {
    String subject = "-- " + choice.replaceAll("^, |[()]$", "");
    return reasons.stream().noneMatch(reason -> reason.startsWith(subject));
  }

  /** The statement with one blank where any number of blanks and line ends stands. */
  static String onOneLine(@Nullable String statement) {
    return Arrays.stream(String.valueOf(statement).split("\\s+"))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.joining(" "));
  }
}
