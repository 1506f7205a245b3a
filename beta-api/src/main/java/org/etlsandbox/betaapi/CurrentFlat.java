package org.etlsandbox.betaapi;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of the destination's view, which has no tombstones. */
@Entity
@Immutable
@Table(name = CurrentFlat.VIEW)
class CurrentFlat extends Flat {

  static final String VIEW = "customer_order_flat_current";

  protected CurrentFlat() {}

  @Override
  @Nullable Boolean deleted() {
    return null;
  }
}
