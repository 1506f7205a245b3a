package org.etlsandbox.betaapi;

import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;

/** Asks the destination what requests ask it, so that healthy means: requests are served. */
record DestinationCheck(String destination, CurrentFlatRepository flats, DestinationOutages outages)
    implements Supplier<Health> {

  @Override
  public Health get() {
    try {
      flats.maxRentalId();
      return Health.up().withDetail("destination", destination).build();
    } catch (RuntimeException e) {
      DestinationOutage outage = outages.of(e).orElseThrow(() -> e);
      return Health.down()
          .withDetail("destination", destination)
          .withDetail("reason", outage.reason())
          .build();
    }
  }
}
