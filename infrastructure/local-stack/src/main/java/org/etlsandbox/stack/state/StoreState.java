package org.etlsandbox.stack.state;

import org.etlsandbox.stack.plan.Store;
import org.jspecify.annotations.Nullable;

/**
 * A database of the running stack.
 *
 * @param product of the server, null until it answers
 * @param version as the server says it, null until it answers
 * @param embedded whether the stack runs the server itself
 * @param url without credentials, null until it answers
 * @param pid of an embedded server
 * @param missing why its engine cannot run here and what to install; null = it can
 * @param ended whether its engine ran and has ended by itself
 */
public record StoreState(
    Store store,
    boolean embedded,
    @Nullable String product,
    @Nullable String version,
    @Nullable String url,
    @Nullable Long pid,
    @Nullable String missing,
    boolean ended) {

  /** Not started yet. */
  public static StoreState waiting(Store store, boolean embedded) {
    return new StoreState(store, embedded, null, null, null, null, null, false);
  }

  /** Its engine cannot run here. */
  public static StoreState missing(Store store, String reason) {
    return new StoreState(store, true, null, null, null, null, reason, false);
  }

  /** The same after its engine has ended by itself. */
  public StoreState asEnded() {
    return new StoreState(store, embedded, product, version, url, null, missing, true);
  }

  /** {@code MariaDB 11.4.5}, or what there is to say instead. */
  public String engine() {
    if (missing != null) {
      return "missing";
    }
    if (ended) {
      return "ended";
    }
    return product == null ? "…" : product + " " + shortVersion();
  }

  // why: real servers append their packaging: 18.6 (Debian 18.6-1.pgdg13+1)
  private String shortVersion() {
    return version == null ? "" : version.split("[ (-]", 2)[0];
  }

  /** {@code stand-in for MySQL}, or empty where the server is what the design asks for. */
  public String label() {
    if (!embedded) {
      return "yours";
    }
    if (product == null || product.startsWith(store.standInFor())) {
      return "";
    }
    return "stand-in for " + store.standInFor();
  }
}
