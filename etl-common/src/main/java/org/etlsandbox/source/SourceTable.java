package org.etlsandbox.source;

import java.util.Locale;

/** The seven tables whose rows make up the flats, in the order in which they are polled. */
public enum SourceTable {
  RENTAL,
  PAYMENT,
  CUSTOMER,
  INVENTORY,
  FILM,
  FILM_CATEGORY,
  CATEGORY;

  /** The name in Jupiter, which is also the name in the control database. */
  public String tableName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
