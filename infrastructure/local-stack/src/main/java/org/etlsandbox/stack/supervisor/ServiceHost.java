package org.etlsandbox.stack.supervisor;

import java.util.Map;
import org.etlsandbox.stack.plan.Service;
import org.jspecify.annotations.Nullable;

/** Runs services. Thread-safe: services are started at the same time. */
interface ServiceHost extends AutoCloseable {

  /**
   * Returns when the service answers on its port.
   *
   * @param port on which it is going to answer, as the properties say
   * @param properties of Spring; hold secrets
   * @return the pid of the service's own JVM, null if it runs in this one
   * @throws org.etlsandbox.stack.plan.StackFailure if it does not start
   */
  @Nullable Long start(Service service, int port, Map<String, Object> properties)
      throws InterruptedException;

  /** Whether a service that was started still runs. */
  boolean isUp(Service service);

  /** Stops all services; afterwards none runs. */
  @Override
  void close();
}
