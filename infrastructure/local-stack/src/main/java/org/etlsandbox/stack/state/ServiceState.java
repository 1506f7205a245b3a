package org.etlsandbox.stack.state;

import org.etlsandbox.stack.plan.Service;
import org.jspecify.annotations.Nullable;

/**
 * A service of the running stack.
 *
 * @param pid of its own JVM; null if it runs in the supervisor's
 */
public record ServiceState(Service service, int port, boolean up, @Nullable Long pid) {

  public String url() {
    return "http://127.0.0.1:" + port;
  }
}
