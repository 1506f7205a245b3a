package org.etlsandbox.benchmark;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.etlsandbox.benchmark.arena.Arena;
import org.etlsandbox.benchmark.arena.Database;
import org.etlsandbox.benchmark.arena.WorkerRun;
import org.etlsandbox.soak.stage.DestinationChoice;
import org.etlsandbox.soak.stage.Login;
import tools.jackson.databind.JsonNode;

/** Several workers at the same time, with a control database in common. */
final class Crew implements AutoCloseable {

  /** A worker and what it copies into. */
  record Member(Database database, WorkerRun worker) {}

  private final List<Member> members = new ArrayList<>();
  private final Deque<Runnable> undo = new ArrayDeque<>();

  private Crew(Database control) {
    undo.push(control::close);
  }

  /** Returns at once; they are still starting then. */
  static Crew start(
      Arena arena, Login jupiter, List<DestinationChoice> destinations, Map<String, ?> settings)
      throws IOException {
    Database control = arena.newControl();
    Crew crew = new Crew(control);
    try {
      for (DestinationChoice destination : destinations) {
        Database database = arena.newDestination(destination);
        crew.undo.push(database::close);
        WorkerRun worker = WorkerRun.start(arena, jupiter, database, control, settings);
        crew.undo.push(worker::close);
        crew.members.add(new Member(database, worker));
      }
      return crew;
    } catch (IOException | RuntimeException e) {
      crew.close();
      throw e;
    }
  }

  List<Member> members() {
    return members;
  }

  List<WorkerRun> workers() {
    return members.stream().map(Member::worker).toList();
  }

  void forEach(BiConsumer<Database, WorkerRun> action) {
    members.forEach(member -> action.accept(member.database(), member.worker()));
  }

  /** Of each, the seconds from the moment when the first one began until it had loaded. */
  Map<DestinationChoice, Double> awaitLoaded() throws IOException, InterruptedException {
    Map<DestinationChoice, Double> finished = new EnumMap<>(DestinationChoice.class);
    long began = 0;
    while (finished.size() < members.size()) {
      for (Member member : members) {
        DestinationChoice destination = member.database().destination();
        if (finished.containsKey(destination)) {
          continue;
        }
        member.worker().process().requireAlive();
        JsonNode status = member.worker().process().status();
        if (began == 0 && !status.path("state").asString("").equals("starting")) {
          began = System.nanoTime();
        }
        if (WorkerRun.hasLoaded(status)) {
          finished.put(destination, (System.nanoTime() - began) / 1e9);
        } else if (WorkerRun.isIn(status, "failing") || WorkerRun.isIn(status, "stopped")) {
          throw new IllegalStateException(
              "%s is not loading: %s".formatted(destination.worker(), status));
        }
      }
      Thread.sleep(WorkerRun.LOOK_EVERY);
    }
    return finished;
  }

  @Override
  public void close() {
    undo.forEach(Runnable::run);
  }
}
