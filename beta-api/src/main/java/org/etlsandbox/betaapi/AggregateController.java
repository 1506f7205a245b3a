package org.etlsandbox.betaapi;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.etlsandbox.betaapi.Totals.Categories;
import org.etlsandbox.betaapi.Totals.Customers;
import org.etlsandbox.betaapi.Totals.Months;
import org.etlsandbox.betaapi.Totals.OfCustomer;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

/** Null is answered where the client has the answer already: status 304. */
@RestController
@Tag(name = "Totals")
@RequestMapping(
    path = "/api/v1/customer-order-flats/aggregates",
    produces = MediaType.APPLICATION_JSON_VALUE)
class AggregateController {

  private final FlatTotals totals;
  private final Freshness freshness;

  AggregateController(FlatTotals totals, Freshness freshness) {
    this.totals = totals;
    this.freshness = freshness;
  }

  @Operation(summary = "What was rented and paid, by category")
  @GetMapping("/categories")
  @Nullable Categories categories(
      @ParameterObject FilterParameters filters, ServletWebRequest exchange) {
    FlatFilter filter = FlatFilter.of(filters);
    return freshness.answer(exchange, filter, () -> new Categories(totals.categories(filter)));
  }

  @Operation(summary = "The same by month of rental")
  @GetMapping("/months")
  @Nullable Months months(@ParameterObject FilterParameters filters, ServletWebRequest exchange) {
    FlatFilter filter = FlatFilter.of(filters);
    return freshness.answer(exchange, filter, () -> new Months(totals.months(filter)));
  }

  @Operation(summary = "The same by customer, in pages")
  @GetMapping("/customers")
  @Nullable Customers customers(
      @ParameterObject FilterParameters filters,
      @Parameter(
              schema =
                  @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "100"))
          @RequestParam(required = false)
          @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor,
      ServletWebRequest exchange) {
    FlatFilter filter = FlatFilter.of(filters);
    int most = ParameterValue.count("limit", limit, PageParameters.LARGEST, PageParameters.USUAL);
    String query = "customers\0" + filter.fingerprint();
    Long after = cursor == null ? null : customerOf(query, cursor);
    Customers answer = freshness.answer(exchange, filter, () -> page(query, filter, after, most));
    if (answer != null) {
      NextPage.link(exchange, answer.next());
    }
    return answer;
  }

  private Customers page(String query, FlatFilter filter, @Nullable Long after, int most) {
    // One more than the page holds says whether another one follows
    List<OfCustomer> found = totals.customers(filter, after, most + 1);
    if (found.size() <= most) {
      return new Customers(found, null);
    }
    long last = found.get(most - 1).customerId();
    return new Customers(
        List.copyOf(found.subList(0, most)), Cursor.write(query, List.of(Long.toString(last))));
  }

  private static long customerOf(String query, String cursor) {
    try {
      return Long.parseLong(Cursor.read(query, cursor).getFirst());
    } catch (NumberFormatException e) {
      throw Cursor.refused(cursor);
    }
  }
}
