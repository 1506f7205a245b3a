package org.etlsandbox.stack.supervisor;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.etlsandbox.connection.DatabaseTls;
import org.etlsandbox.stack.directory.DataDirectory;
import org.etlsandbox.stack.directory.DirectoryLock;
import org.etlsandbox.stack.directory.StackProcesses;
import org.etlsandbox.stack.plan.ExternalServer;
import org.etlsandbox.stack.plan.ServerCheck;
import org.etlsandbox.stack.plan.StackFailure;
import org.etlsandbox.stack.plan.StackOptions;
import org.etlsandbox.stack.plan.Store;
import org.etlsandbox.stack.state.Connections;
import org.etlsandbox.stack.state.Connections.Login;
import org.etlsandbox.stack.state.Phase;
import org.etlsandbox.stack.state.ShellAccess;
import org.etlsandbox.stack.state.StateFile;
import org.etlsandbox.stack.state.StoreState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a stack in order (engines, seed, services, churn), keeps it until told to stop, and stops
 * it in the opposite order. One supervisor works on a data directory at a time.
 */
public final class Supervisor {

  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(5);
  private static final Duration LEFTOVER_PATIENCE = Duration.ofSeconds(20);
  private static final long CHECK_SECONDS = 1;

  private final StackOptions options;
  private final DataDirectory directory;
  private final Journal journal;
  private final EngineSet engines;
  private final Services services;
  private final ShopWork shopWork;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

  public Supervisor(StackOptions options) {
    this.options = options;
    this.directory = new DataDirectory(options.dataDirectory());
    this.journal = new Journal(options, new StateFile(directory), Clock.systemUTC());
    this.engines = new EngineSet(options, directory, journal);
    this.services =
        new Services(
            options,
            directory,
            options.processes() ? new OwnJvmHost(directory) : new SharedJvmHost(),
            journal);
    this.shopWork = new ShopWork(options, journal);
  }

  /**
   * Runs until {@link #stop()} is called or a step fails; afterwards nothing of the stack runs.
   *
   * @return the exit code: 0 after a stop, 1 after a failure
   */
  public int run() throws InterruptedException {
    var lock = DirectoryLock.forSupervisor(directory, LOCK_PATIENCE);
    if (lock.isEmpty()) {
      LOG.error("Another supervisor works on {}", directory);
      stopped.countDown();
      return StackFailure.FAILED;
    }
    Thread starter = Thread.currentThread();
    Thread interrupter = Thread.ofVirtual().unstarted(() -> interruptWhenStopping(starter));
    try (DirectoryLock held = lock.get()) {
      LOG.info("Supervisor of {} (process {})", directory, ProcessHandle.current().pid());
      interrupter.start();
      return startAndKeep(interrupter);
    } finally {
      stopped.countDown();
    }
  }

  private int startAndKeep(Thread interrupter) {
    String failure = null;
    try {
      start();
      keep();
    } catch (InterruptedException e) {
      LOG.info("Told to stop");
    } catch (StackFailure e) {
      LOG.error("Giving up", e);
      failure = e.getMessage();
    } catch (RuntimeException e) {
      LOG.error("Giving up", e);
      failure = "%s (details: %s)".formatted(Causes.deepest(e), directory.stackLog());
    }
    endInterrupts(interrupter);
    if (stopping.getCount() == 0) {
      failure = null;
    }
    tearDown(failure);
    return failure == null ? 0 : StackFailure.FAILED;
  }

  private void start() throws InterruptedException {
    journal.enter(Phase.ENGINES);
    StackProcesses processes = new StackProcesses(directory);
    StackProcesses.stop(processes.virtualMachines(), LEFTOVER_PATIENCE);
    StackProcesses.stop(processes.engines(), LEFTOVER_PATIENCE);

    Map<Store, Login> logins = new EnumMap<>(Store.class);
    logins.putAll(external());
    logins.putAll(engines.start());
    Connections connections = new Connections(logins);
    connections.write(directory);
    new ShellAccess(directory, directory.root()).writeFiles(connections);

    var jupiter = engines.jupiter();
    if (jupiter.isPresent()) {
      journal.enter(Phase.SEEDING);
      new JupiterSeed(options, directory, journal).ensure(jupiter.get());
    }
    requireNotStopping();
    journal.enter(Phase.SERVICES);
    services.start(connections);
    requireNotStopping();
    jupiter.ifPresent(shopWork::start);
    journal.enter(Phase.RUNNING);
  }

  private Map<Store, Login> external() throws InterruptedException {
    Map<Store, Login> logins = new EnumMap<>(Store.class);
    for (ServerCheck.Answer answer : ServerCheck.requireAll(options.external().values())) {
      ExternalServer server = options.external().get(answer.store());
      if (server != null) {
        logins.put(
            answer.store(),
            new Login(server.url(), server.username(), server.password(), server.tls().mode()));
        if (!server.tls().isVerifying()) {
          journal.note(
              "%s is not verified: %s."
                  .formatted(
                      server,
                      DatabaseTls.weakness(server.url())
                          .map(weakness -> "its URL says " + weakness)
                          .orElse("ETL_TLS_DATABASES is off")));
        }
        journal.put(
            new StoreState(
                answer.store(),
                false,
                answer.product(),
                answer.version(),
                server.safeUrl(),
                null,
                null,
                false));
      }
    }
    return logins;
  }

  private void requireNotStopping() throws InterruptedException {
    if (stopping.getCount() == 0) {
      throw new InterruptedException();
    }
  }

  /** Notices what ends by itself; says so once. */
  private void keep() throws InterruptedException {
    Set<String> mourned = new HashSet<>();
    while (!stopping.await(CHECK_SECONDS, TimeUnit.SECONDS)) {
      engines
          .dead()
          .forEach((engine, stores) -> {
            if (mourned.add(engine)) {
              journal.ended(stores, engine, directory.logs().resolve(engine + ".log"));
            }
          });
      services.check();
      Throwable churnFailure = shopWork.failure();
      if (churnFailure != null && mourned.add("churn")) {
        journal.note("The churn has ended by itself: " + Causes.deepest(churnFailure));
      }
    }
  }

  private void tearDown(@Nullable String failure) {
    if (failure == null) {
      journal.enter(Phase.STOPPING);
    }
    for (AutoCloseable part : List.of(shopWork, services, engines)) {
      try {
        part.close();
      } catch (Exception e) {
        LOG.error("Could not stop {}", part.getClass().getSimpleName(), e);
      }
    }
    directory.deleteAccessFiles();
    if (failure == null) {
      journal.enter(Phase.STOPPED);
    } else {
      journal.fail(failure);
    }
  }

  private void interruptWhenStopping(Thread starter) {
    try {
      stopping.await();
      starter.interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** From here on nothing cuts the stopping short. */
  private static void endInterrupts(Thread interrupter) {
    boolean ended = false;
    while (!ended) {
      interrupter.interrupt();
      try {
        interrupter.join();
        ended = true;
      } catch (InterruptedException e) {
        // why: this is the very interrupt that is to come to nothing; ask again
      }
    }
    boolean pending = Thread.interrupted();
    LOG.debug("Stopping; an interrupt was pending: {}", pending);
  }

  /** Tells the supervisor to stop; returns at once. */
  public void stop() {
    stopping.countDown();
  }

  /** Waits until {@link #run()} has stopped everything. */
  public void awaitStopped() throws InterruptedException {
    stopped.await();
  }
}
