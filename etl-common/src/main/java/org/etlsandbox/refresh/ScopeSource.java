package org.etlsandbox.refresh;

import org.etlsandbox.flat.RefreshScope;
import org.jspecify.annotations.Nullable;

/**
 * Produces the scopes of one run. Scopes that are near each other in the sequence have no rental in
 * common, since they are refreshed in parallel. Called by one thread at a time.
 */
@FunctionalInterface
public interface ScopeSource {

  /** The next scope, or null at the end. */
  @Nullable RefreshScope next();
}
