package org.etlsandbox.betaapi;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of the destination's table, which keeps tombstones of what Jupiter no longer has. */
@Entity
@Immutable
@Table(name = StoredFlat.TABLE)
class StoredFlat extends Flat {

  static final String TABLE = "customer_order_flat";

  @Column(name = "is_deleted")
  private boolean deleted;

  protected StoredFlat() {}

  @Override
  @Nullable Boolean deleted() {
    return deleted;
  }
}
