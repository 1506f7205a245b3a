package org.etlsandbox.betaapi;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/customer-order-flats", produces = MediaType.APPLICATION_JSON_VALUE)
class CustomerOrderFlatController {

  /** The largest rental id that the destination holds, 0 where it holds none. */
  record MaxId(long maxRentalId) {}

  private final CurrentFlatRepository flats;

  CustomerOrderFlatController(CurrentFlatRepository flats) {
    this.flats = flats;
  }

  @GetMapping("/max-id")
  MaxId maxId() {
    return new MaxId(flats.maxRentalId().orElse(0L));
  }

  @GetMapping("/range")
  List<FlatResponse> range(
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to) {
    RentalRange range = RentalRange.of(from, to);
    return flats.inRange(range.from(), range.to()).stream().map(CurrentFlat::toResponse).toList();
  }
}
