package org.etlsandbox.stack.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.etlsandbox.stack.plan.StackFailure;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Where a stack keeps its data, and the only place where it keeps anything.
 *
 * <pre>
 * stack.json      what cannot change without starting over: layout, rentals, seed, Jupiter
 * secrets.json    the passwords of the embedded engines, the secret that opens the meters
 * token-key.pem   the key that signs tokens; token-key.pub.pem is its public half
 * ports.json      the ports of the embedded engines
 * seeded.json     there once Jupiter has been seeded completely
 * jupiter/ control/ neptune/ standin/ clickhouse/     one engine each
 * log/            what supervisor, engines and services print
 * run/            of the running stack: state.json, locks, files for psql, mariadb and curl
 * </pre>
 */
public final class DataDirectory {

  private final Path root;

  /** Names a directory; nothing is read or made yet. */
  public DataDirectory(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  public Path root() {
    return root;
  }

  /** The home of an embedded engine. */
  public Path engine(String name) {
    return root.resolve(name);
  }

  public Path logs() {
    return root.resolve("log");
  }

  /** What the supervisor and the services in it print. */
  public Path stackLog() {
    return logs().resolve("stack.log");
  }

  /** The calls that the services in the supervisor got: who, what, with which result. */
  public Path accessLog() {
    return logs().resolve("access.log");
  }

  public Path run() {
    return root.resolve("run");
  }

  /** What was recorded when the directory was made; empty if it was not made yet. */
  public Optional<StackRecord> record() {
    try {
      return PrivateFile.read(root.resolve("stack.json"))
          .map(text -> Json.read(text, StackRecord.class));
    } catch (JacksonException e) {
      throw StackFailure.failed(
          "%s is damaged: start over with --fresh, or name another directory with --data-dir."
              .formatted(root.resolve("stack.json")),
          e);
    }
  }

  /**
   * Checks that the directory can be used as it is: it is ours and of this version, or empty, or
   * not there.
   *
   * @throws StackFailure if it cannot
   */
  public void requireUsable() {
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw StackFailure.usage(
          "The data directory %s is a file: name a directory with --data-dir.".formatted(root));
    }
    Optional<StackRecord> record = record();
    if (record.isEmpty()) {
      requireNotForeign();
    } else if (record.get().layout() != StackRecord.LAYOUT) {
      throw StackFailure.failed(
          "The data directory %s has layout version %d, this is version %d: start over with --fresh (deletes it), or name another one with --data-dir."
              .formatted(root, record.get().layout(), StackRecord.LAYOUT));
    }
  }

  private void requireNotForeign() {
    if (!isEmpty() && !Files.exists(root.resolve("secrets.json"))) {
      throw StackFailure.usage(
          "%s is not empty and was not made by './etl up' (it has no stack.json): name another directory with --data-dir."
              .formatted(root));
    }
  }

  private boolean isEmpty() {
    if (!Files.exists(root)) {
      return true;
    }
    try (Stream<Path> entries = Files.list(root)) {
      // why: these two are made before anything is recorded
      return entries.allMatch(entry -> entry.equals(run()) || entry.equals(logs()));
    } catch (IOException e) {
      throw StackFailure.failed(
          "The data directory %s cannot be read (%s): name another one with --data-dir."
              .formatted(root, e.getClass().getSimpleName()),
          e);
    }
  }

  /** Makes the directories that are missing. */
  public void make() {
    try {
      Files.createDirectories(root);
      Files.createDirectories(logs());
      Files.createDirectories(
          run(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw StackFailure.failed(
          "The data directory %s cannot be made (%s: %s): name another one with --data-dir."
              .formatted(root, e.getClass().getSimpleName(), e.getMessage()),
          e);
    }
  }

  public void write(StackRecord record) {
    PrivateFile.write(root.resolve("stack.json"), Json.write(record));
  }

  /**
   * Deletes everything in it, as {@code --fresh} asks for.
   *
   * @throws StackFailure if it was not made by {@code ./etl up}
   */
  public void delete() {
    if (!Files.exists(root)) {
      return;
    }
    boolean ours = Files.exists(root.resolve("stack.json"));
    if (!ours && !isEmpty()) {
      throw StackFailure.usage(
          "--fresh would delete %s, which was not made by './etl up' (it has no stack.json): name another directory with --data-dir, or delete it yourself."
              .formatted(root));
    }
    try (Stream<Path> all = Files.walk(root)) {
      // why: stack.json goes last, so that a deletion cut short can be repeated
      Path marker = root.resolve("stack.json");
      for (Path path :
          all.filter(path -> !path.equals(root) && !path.equals(marker) && !isLock(path))
              .sorted(Comparator.reverseOrder())
              .toList()) {
        if (!path.equals(run())) {
          Files.deleteIfExists(path);
        }
      }
      Files.deleteIfExists(marker);
    } catch (IOException | UncheckedIOException e) {
      throw StackFailure.failed(
          "--fresh could not delete all of %s (%s): delete the rest yourself."
              .formatted(root, e.getMessage()),
          e);
    }
  }

  private boolean isLock(Path path) {
    return path.startsWith(run()) && path.toString().endsWith(".lock");
  }

  /** The text of a file in {@code run/}; null if there is none. */
  public @Nullable String readRunFile(String name) {
    return PrivateFile.read(run().resolve(name)).orElse(null);
  }

  /** Writes a file in {@code run/} that only its owner can read. */
  public Path writeRunFile(String name, String text) {
    Path file = run().resolve(name);
    PrivateFile.write(file, text);
    return file;
  }

  /** Deletes what opens the databases: it is of use only while they run. */
  public void deleteAccessFiles() {
    try (Stream<Path> files = Files.list(run())) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (!name.equals("state.json") && !name.endsWith(".lock")) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not empty %s: %s".formatted(run(), e), e);
    }
  }

  public boolean isSeeded() {
    return Files.exists(root.resolve("seeded.json"));
  }

  /** Called when the last row of the seed is committed. */
  public void markSeeded(long rows) {
    PrivateFile.write(root.resolve("seeded.json"), "{\"rows\": %d}%n".formatted(rows));
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
