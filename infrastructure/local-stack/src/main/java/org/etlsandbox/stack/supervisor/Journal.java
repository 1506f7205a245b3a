package org.etlsandbox.stack.supervisor;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.etlsandbox.stack.plan.RunningOptions;
import org.etlsandbox.stack.plan.Service;
import org.etlsandbox.stack.plan.StackOptions;
import org.etlsandbox.stack.plan.Store;
import org.etlsandbox.stack.state.Phase;
import org.etlsandbox.stack.state.ServiceState;
import org.etlsandbox.stack.state.StackState;
import org.etlsandbox.stack.state.StateFile;
import org.etlsandbox.stack.state.StoreState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what the supervisor says about itself and writes every change down. Thread-safe. */
final class Journal {

  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final long SEED_STEP_MILLIS = 200;

  private final StackOptions options;
  private final StateFile file;
  private final Clock clock;
  private final Instant started;
  private final Map<Store, StoreState> stores = new EnumMap<>(Store.class);
  private final Map<Service, ServiceState> services = new EnumMap<>(Service.class);
  private final List<String> notes = new ArrayList<>();
  private Phase phase = Phase.ENGINES;
  private Instant changed;
  private long seeded;
  private long toSeed;
  private @Nullable String failure;

  Journal(StackOptions options, StateFile file, Clock clock) {
    this.options = options;
    this.file = file;
    this.clock = clock;
    this.started = clock.instant();
    this.changed = started;
    for (Store store : Store.values()) {
      stores.put(store, StoreState.waiting(store, !options.isExternal(store)));
    }
    for (Service service : Service.values()) {
      services.put(
          service, new ServiceState(service, service.port(options.portBase()), false, null));
    }
  }

  synchronized void enter(Phase next) {
    LOG.info("{}", next.inWords());
    phase = next;
    write();
  }

  synchronized void put(StoreState store) {
    LOG.info(
        "{}: {} {}",
        store.store().title(),
        store.engine(),
        store.missing() == null ? "" : store.missing());
    stores.put(store.store(), store);
    write();
  }

  /** Says which services there are going to be. */
  synchronized void expect(List<Service> wanted) {
    services.keySet().retainAll(wanted);
    write();
  }

  synchronized void put(ServiceState service) {
    LOG.info("{}: {}", service.service().key(), service.up() ? "up" : "down");
    services.put(service.service(), service);
    write();
  }

  synchronized void seeding(long rows, long total) {
    seeded = rows;
    toSeed = total;
    if (rows >= total || clock.millis() - changed.toEpochMilli() >= SEED_STEP_MILLIS) {
      write();
    }
  }

  synchronized void note(String sentence) {
    LOG.warn("{}", sentence);
    notes.add(sentence);
    write();
  }

  /** Says that an engine is not there any more, which nobody asked for. */
  synchronized void ended(List<Store> served, String engine, Path log) {
    served.forEach(store -> stores.computeIfPresent(store, (key, state) -> state.asEnded()));
    note(
        "The engine of %s has ended by itself (log: %s): ./etl down, then ./etl up starts it again."
            .formatted(engine, log));
  }

  synchronized void fail(String reason) {
    failure = reason;
    enter(Phase.FAILED);
  }

  synchronized void write() {
    changed = clock.instant();
    file.write(state());
  }

  private StackState state() {
    return new StackState(
        ProcessHandle.current().pid(),
        started,
        changed,
        phase,
        RunningOptions.of(options),
        List.copyOf(stores.values()),
        seeded,
        toSeed,
        List.copyOf(services.values()),
        List.copyOf(notes),
        failure);
  }

  synchronized boolean isMissing(Store store) {
    StoreState state = stores.get(store);
    return state != null && state.missing() != null;
  }
}
