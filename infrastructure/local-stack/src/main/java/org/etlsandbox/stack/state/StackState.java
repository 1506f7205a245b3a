package org.etlsandbox.stack.state;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.etlsandbox.stack.plan.RunningOptions;
import org.etlsandbox.stack.plan.Service;
import org.etlsandbox.stack.plan.Store;
import org.jspecify.annotations.Nullable;

/**
 * What the supervisor says about itself, for the commands to read; holds no secret.
 *
 * @param pid of the supervisor
 * @param changed when this was said
 * @param seeded rows of the seed that are in Jupiter
 * @param toSeed rows that the seed has, 0 if Jupiter is not seeded
 * @param notes sentences that the user should see
 * @param failure why the supervisor gave up, in one line
 */
public record StackState(
    long pid,
    Instant started,
    Instant changed,
    Phase phase,
    RunningOptions options,
    List<StoreState> stores,
    long seeded,
    long toSeed,
    List<ServiceState> services,
    List<String> notes,
    @Nullable String failure) {

  public StoreState store(Store store) {
    return stores.stream()
        .filter(state -> state.store() == store)
        .findFirst()
        .orElseGet(() -> StoreState.waiting(store, true));
  }

  public Optional<ServiceState> service(Service service) {
    return services.stream().filter(state -> state.service() == service).findFirst();
  }

  /** The databases whose engine cannot run here. */
  public List<StoreState> missing() {
    return stores.stream().filter(state -> state.missing() != null).toList();
  }
}
