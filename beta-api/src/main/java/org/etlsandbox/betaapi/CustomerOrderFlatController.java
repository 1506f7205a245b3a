package org.etlsandbox.betaapi;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

/** Null is answered where the client has the answer already: status 304. */
@RestController
@Tag(name = "Rows")
@RequestMapping(path = "/api/v1/customer-order-flats", produces = MediaType.APPLICATION_JSON_VALUE)
class CustomerOrderFlatController {

  /** The largest rental id that the destination holds, 0 where it holds none. */
  record MaxId(long maxRentalId) {}

  /** All rows of one rental, in key order. */
  record Rental(long rentalId, List<FlatResponse> rows) {}

  private final QueryProperties query;
  private final CurrentFlatRepository flats;
  private final FlatPages pages;
  private final Freshness freshness;

  CustomerOrderFlatController(
      QueryProperties query, CurrentFlatRepository flats, FlatPages pages, Freshness freshness) {
    this.query = query;
    this.flats = flats;
    this.pages = pages;
    this.freshness = freshness;
  }

  @Operation(summary = "The largest rental id, 0 where there is no row")
  @GetMapping("/max-id")
  @Nullable MaxId maxId(ServletWebRequest exchange) {
    return freshness.answer(exchange, () -> new MaxId(flats.maxRentalId().orElse(0L)));
  }

  @Operation(summary = "All rows of the rentals in (from, to], at most 10,000 rentals wide")
  @GetMapping("/range")
  @Nullable List<FlatResponse> range(
      @Parameter(
              required = true,
              schema = @Schema(type = "integer", format = "int64", minimum = "0"))
          @RequestParam(required = false)
          @Nullable String from,
      @Parameter(
              required = true,
              schema = @Schema(type = "integer", format = "int64", minimum = "0"))
          @RequestParam(required = false)
          @Nullable String to,
      ServletWebRequest exchange) {
    RentalRange range = RentalRange.of(from, to);
    return freshness.answer(
        exchange,
        () ->
            flats.inRange(range.from(), range.to()).stream().map(CurrentFlat::toResponse).toList());
  }

  @Operation(summary = "A page of rows")
  @GetMapping
  @Nullable FlatPage page(
      @ParameterObject FilterParameters filters,
      @ParameterObject PageParameters page,
      ServletWebRequest exchange) {
    FlatFilter filter = FlatFilter.of(filters);
    FlatSort sort = FlatSort.of(page.sort());
    int limit = page.rows();
    FlatPosition after =
        page.cursor() == null ? null : FlatPosition.of(filter, sort, page.cursor());
    FlatPage answer =
        freshness.answer(exchange, filter, () -> pages.page(filter, sort, after, limit));
    if (answer != null) {
      NextPage.link(exchange, answer.next());
    }
    return answer;
  }

  @Operation(summary = "All rows of one rental")
  @GetMapping("/{rentalId:[0-9]+}")
  @Nullable Rental rental(
      @Parameter(schema = @Schema(type = "integer", format = "int64", minimum = "0")) @PathVariable
          String rentalId,
      @Parameter(schema = @Schema(type = "boolean")) @RequestParam(required = false)
          @Nullable String includeDeleted,
      ServletWebRequest exchange) {
    long id = ParameterValue.id("rentalId", rentalId, "rental");
    FlatFilter filter =
        FlatFilter.everything(
            Boolean.TRUE.equals(ParameterValue.flag("includeDeleted", includeDeleted)));
    return freshness.answer(
        exchange,
        filter,
        () -> {
          List<FlatResponse> rows = pages.ofRental(id, filter);
          if (rows.isEmpty()) {
            throw new NoSuchRentalException(query.destination(), id);
          }
          return new Rental(id, rows);
        });
  }
}
