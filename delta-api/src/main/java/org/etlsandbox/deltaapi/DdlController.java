package org.etlsandbox.deltaapi;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.etlsandbox.deltaapi.Source.SchemaTables;
import org.etlsandbox.deltaapi.dialect.ClickHouseOptions;
import org.etlsandbox.deltaapi.dialect.DefinitionWriter;
import org.etlsandbox.deltaapi.schema.Table;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Definitions")
@RequestMapping("/api/v1/ddl")
class DdlController {

  // The charset belongs to it: without, a client may guess another one
  private static final String SQL = "text/plain;charset=UTF-8";

  /** The sources by their names. */
  record SourceList(List<SourceState> sources) {}

  /**
   * @param product what answers for the source; null where it is not configured
   * @param reachable whether it answers now
   * @param reason why it does not; null where it does
   */
  record SourceState(
      String name,
      @Nullable String product,
      boolean configured,
      boolean reachable,
      @Nullable String reason) {}

  /** What of a source is told. */
  record SourceTables(String source, String product, List<SchemaTables> schemas) {}

  private final Sources sources;

  DdlController(Sources sources) {
    this.sources = sources;
  }

  @Operation(summary = "The sources, and whether they answer")
  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  SourceList sources() throws InterruptedException {
    // At the same time: each that is down takes its time to be found so
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<SourceState>> states =
          DdlProperties.NAMES.stream()
              .map(name -> (Callable<SourceState>) () -> state(name))
              .toList();
      return new SourceList(executor.invokeAll(states).stream().map(Future::resultNow).toList());
    }
  }

  private SourceState state(String name) {
    Source source = sources.find(name).orElse(null);
    if (source == null) {
      return new SourceState(name, null, false, false, "Its URL is not configured.");
    }
    String product = source.product().title();
    try {
      source.check();
      return new SourceState(name, product, true, true, null);
    } catch (SourceUnavailableException e) {
      return new SourceState(name, product, true, false, e.reason());
    }
  }

  @Operation(summary = "The tables of a source")
  @GetMapping(path = "/{source}", produces = MediaType.APPLICATION_JSON_VALUE)
  SourceTables tables(@PathVariable String source) {
    Source known = sources.of(source);
    return new SourceTables(known.name(), known.product().title(), known.tables());
  }

  /** The suite's own table; text for those who do not say what they accept. */
  @Operation(summary = "CREATE TABLE for the suite's own table")
  @ApiResponse(
      responseCode = "200",
      description = "The statement; as JSON with the reasons",
      content = {
        @Content(mediaType = "text/plain", schema = @Schema(type = "string")),
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = SuiteDefinition.class))
      })
  @GetMapping(
      path = "/customer-order-flat",
      produces = {DdlController.SQL, MediaType.APPLICATION_JSON_VALUE})
  SuiteDefinition customerOrderFlat(
      @Parameter(
              required = true,
              schema =
                  @Schema(
                      type = "string",
                      allowableValues = {"clickhouse", "postgresql", "sqlserver"}))
          @RequestParam(required = false)
          @Nullable String dialect) {
    Dialect known = Dialect.of(dialect, SuiteTable.DIALECTS);
    return new SuiteDefinition(known.parameter(), SuiteTable.NAME, SuiteTable.sql(known));
  }

  /** Any table of a source; text for those who do not say what they accept. */
  @Operation(summary = "CREATE TABLE for any table of a source")
  @ApiResponse(
      responseCode = "200",
      description = "The statement; as JSON with the reasons",
      content = {
        @Content(mediaType = "text/plain", schema = @Schema(type = "string")),
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = TableDefinition.class))
      })
  @GetMapping(
      path = "/{source}/{schema}/{table}",
      produces = {DdlController.SQL, MediaType.APPLICATION_JSON_VALUE})
  TableDefinition table(
      @PathVariable String source,
      @PathVariable String schema,
      @PathVariable String table,
      @Parameter(
              required = true,
              schema =
                  @Schema(
                      type = "string",
                      allowableValues = {"clickhouse", "postgresql", "sqlserver", "mysql"}))
          @RequestParam(required = false)
          @Nullable String dialect,
      @RequestParam(required = false) @Nullable String engine,
      @RequestParam(required = false) @Nullable String versionColumn,
      @RequestParam(required = false) @Nullable String deletedColumn,
      @RequestParam(required = false) @Nullable String partitionBy,
      @RequestParam(required = false) @Nullable List<String> orderBy) {
    Dialect target = Dialect.of(dialect);
    ClickHouseParameters parameters =
        new ClickHouseParameters(engine, versionColumn, deletedColumn, partitionBy, orderBy);
    if (target != Dialect.CLICKHOUSE) {
      parameters.requireNone(target);
    }
    Source known = sources.of(source);
    Table found = known.table(schema, table);
    ClickHouseOptions options =
        target == Dialect.CLICKHOUSE ? parameters.resolve(found) : ClickHouseOptions.NONE;
    return TableDefinition.of(
        known, target, found, new DefinitionWriter(target.writer(options)).write(found));
  }
}
