package org.etlsandbox.stack.supervisor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.etlsandbox.stack.directory.DataDirectory;
import org.etlsandbox.stack.plan.Service;
import org.etlsandbox.stack.plan.StackFailure;
import org.etlsandbox.stack.plan.StackOptions;
import org.etlsandbox.stack.plan.Store;
import org.etlsandbox.stack.state.Connections;
import org.etlsandbox.stack.state.ServiceState;
import org.jspecify.annotations.Nullable;

/** Those of the six services that can run with the databases that there are. */
final class Services implements AutoCloseable {

  private final StackOptions options;
  private final DataDirectory directory;
  private final ServiceHost host;
  private final Journal journal;
  private final Set<Service> started = EnumSet.noneOf(Service.class);

  Services(StackOptions options, DataDirectory directory, ServiceHost host, Journal journal) {
    this.options = options;
    this.directory = directory;
    this.host = host;
    this.journal = journal;
  }

  /** Starts them at the same time; returns when all answer. */
  void start(Connections connections) throws InterruptedException {
    ServiceProperties properties =
        new ServiceProperties(connections, options.portBase(), directory);
    List<Service> wanted = Arrays.stream(Service.values()).filter(this::canRun).toList();
    journal.expect(wanted);
    try (ExecutorService executor = Executors.newFixedThreadPool(wanted.size())) {
      List<Future<?>> starts = new ArrayList<>();
      for (Service service : wanted) {
        starts.add(
            executor.submit(() -> {
              Long pid =
                  host.start(service, service.port(options.portBase()), properties.of(service));
              report(service, true, pid);
              return null;
            }));
      }
      for (Future<?> start : starts) {
        start.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StackFailure failure) {
        throw failure;
      }
      throw StackFailure.failed(Causes.deepest(e), e);
    }
    synchronized (this) {
      started.addAll(wanted);
    }
  }

  private boolean canRun(Service service) {
    Store destination = service == Service.BETA_API ? Store.NEPTUNE : service.destination();
    return destination == null || !journal.isMissing(destination);
  }

  private void report(Service service, boolean up, @Nullable Long pid) {
    journal.put(new ServiceState(service, service.port(options.portBase()), up, pid));
  }

  /** Says once of each service that ran and does not any more. */
  synchronized void check() {
    for (Service service : List.copyOf(started)) {
      if (!host.isUp(service)) {
        started.remove(service);
        // why: in this order, so that whoever sees it down also sees what to do
        journal.note(
            "%s has ended by itself: ./etl down, then ./etl up starts it again."
                .formatted(service.key()));
        report(service, false, null);
      }
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      started.clear();
    }
    host.close();
  }
}
