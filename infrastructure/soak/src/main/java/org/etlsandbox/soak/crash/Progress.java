package org.etlsandbox.soak.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** What was done so far, kept in a file so that a later call goes on there. Thread-safe. */
final class Progress {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;
  private final State state;

  private Progress(Path file, State state) {
    this.file = file;
    this.state = state;
  }

  /** The file's form. */
  record State(long seed, String jupiter, Map<String, TargetState> targets) {}

  /**
   * @param kills random kills that were survived or not
   * @param boundaries cases by name that were run
   * @param hits how often a random kill hit which phase
   * @param places how often a random kill hit which boundary
   * @param failures what went wrong, for a person
   */
  record TargetState(
      String engine,
      int kills,
      List<String> boundaries,
      Map<String, Integer> hits,
      Map<String, Integer> places,
      List<String> failures,
      double seconds) {}

  static Progress open(Path directory, long seed, String jupiter) {
    Path file = directory.resolve("progress.json");
    try {
      Files.createDirectories(directory);
      State state =
          Files.exists(file)
              ? JSON.readValue(Files.readString(file), State.class)
              : new State(seed, jupiter, new TreeMap<>());
      if (state.seed() != seed || !state.jupiter().equals(jupiter)) {
        throw new IllegalArgumentException(
            "%s was begun with --seed %d --jupiter %s: go on with these, or choose another --data-dir"
                .formatted(directory, state.seed(), state.jupiter()));
      }
      return new Progress(file, state);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized State state() {
    return new State(state.seed(), state.jupiter(), new TreeMap<>(state.targets()));
  }

  synchronized TargetState of(Target target) {
    return state
        .targets()
        .getOrDefault(
            target.key(),
            new TargetState(
                target.label(), 0, List.of(), new TreeMap<>(), new TreeMap<>(), List.of(), 0));
  }

  synchronized void killed(Target target, String position, double seconds) {
    TargetState old = of(target);
    Map<String, Integer> hits = new TreeMap<>(old.hits());
    hits.merge(position.split(":", 2)[0], 1, Integer::sum);
    Map<String, Integer> places = new TreeMap<>(old.places());
    places.merge(position, 1, Integer::sum);
    put(
        target,
        new TargetState(
            target.label(),
            old.kills() + 1,
            old.boundaries(),
            hits,
            places,
            old.failures(),
            old.seconds() + seconds));
  }

  synchronized void reached(Target target, String boundary, double seconds) {
    TargetState old = of(target);
    List<String> boundaries = new ArrayList<>(old.boundaries());
    boundaries.add(boundary);
    put(
        target,
        new TargetState(
            target.label(),
            old.kills(),
            boundaries,
            old.hits(),
            old.places(),
            old.failures(),
            old.seconds() + seconds));
  }

  synchronized void failed(Target target, String what) {
    TargetState old = of(target);
    List<String> failures = new ArrayList<>(old.failures());
    failures.add(what);
    put(
        target,
        new TargetState(
            target.label(),
            old.kills(),
            old.boundaries(),
            old.hits(),
            old.places(),
            failures,
            old.seconds()));
  }

  private void put(Target target, TargetState next) {
    state.targets().put(target.key(), next);
    try {
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(fresh, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(state));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String json() {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(state());
  }
}
