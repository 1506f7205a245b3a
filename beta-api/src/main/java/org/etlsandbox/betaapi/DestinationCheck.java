package org.etlsandbox.betaapi;

import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;

/** Asks the destination what requests ask it, so that healthy means: requests are served. */
record DestinationCheck(
    String destination,
    CurrentFlatRepository flats,
    Watermarks watermarks,
    DestinationOutages outages)
    implements Supplier<Health> {

  @Override
  public Health get() {
    try {
      flats.maxRentalId();
      // Not knowing how fresh the rows are is no reason not to serve them
      String trouble = watermarks.trouble();
      return Health.up()
          .withDetail("destination", destination)
          .withDetail("freshness", trouble.isEmpty() ? "known" : "not known: " + trouble)
          .build();
    } catch (RuntimeException e) {
      DestinationOutage outage = outages.of(e).orElseThrow(() -> e);
      return Health.down()
          .withDetail("destination", destination)
          .withDetail("reason", outage.reason())
          .build();
    }
  }
}
