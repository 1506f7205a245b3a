package org.etlsandbox.betaapi;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.etlsandbox.betaapi.ExportSlots.Slot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.json.JsonMapper;

/** Everything that a filter lets through, as a file. */
@RestController
@Tag(name = "Export")
class ExportController {

  private static final Logger LOG = LoggerFactory.getLogger(ExportController.class);

  private final FlatStream flats;
  private final Freshness freshness;
  private final ExportSlots slots;
  private final ExportAudit audit;
  private final DestinationOutages outages;
  private final JsonMapper json;

  ExportController(
      FlatStream flats,
      Freshness freshness,
      ExportSlots slots,
      ExportAudit audit,
      DestinationOutages outages,
      JsonMapper json) {
    this.flats = flats;
    this.freshness = freshness;
    this.slots = slots;
    this.audit = audit;
    this.outages = outages;
    this.json = json;
  }

  /**
   * Writes the file on this thread, which is a virtual one: a slow client holds nothing but a
   * connection of the pool.
   */
  @Operation(summary = "All rows, in the order of their keys, as a file")
  @ApiResponse(
      responseCode = "200",
      description = "One line a row",
      content = {
        @Content(
            mediaType = "application/x-ndjson",
            schema = @Schema(implementation = FlatResponse.class)),
        @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
      })
  // Of any type, for the parameter wins against what the request accepts
  @GetMapping(path = "/api/v1/customer-order-flats/export", produces = MediaType.ALL_VALUE)
  void export(
      @ParameterObject FilterParameters filters,
      @Parameter(
              schema =
                  @Schema(
                      type = "string",
                      allowableValues = {"ndjson", "csv"}))
          @RequestParam(required = false)
          @Nullable String format,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException, HttpMediaTypeNotAcceptableException {
    FlatFilter filter = FlatFilter.of(filters);
    ExportFormat chosen = ExportFormat.of(format, request.getHeader(HttpHeaders.ACCEPT));
    Freshness.Headers headers = freshness.before(request, filter, chosen.key());
    if (Freshness.isKnown(request, headers)) {
      response.setStatus(HttpStatus.NOT_MODIFIED.value());
      headers.writeTo(response);
    } else if (HttpMethod.HEAD.matches(request.getMethod())) {
      begin(response, chosen, headers);
    } else {
      try (Slot slot = slots.take()) {
        audit.begins(request, chosen);
        Export export = new Export(filter, chosen, headers, response);
        try {
          flats.read(filter, export);
          export.finish();
          audit.ends(request, chosen, export.rows, true);
        } catch (IOException | RuntimeException e) {
          audit.ends(request, chosen, export.rows, false);
          export.failed(e);
        }
      }
    }
  }

  private static void begin(
      HttpServletResponse response, ExportFormat format, Freshness.Headers headers) {
    headers.writeTo(response);
    response.setContentType(format.contentType());
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        "attachment; filename=\"customer-order-flat.%s\"".formatted(format.key()));
    // What it is depends on the request's header as well
    response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
  }

  /** One file on its way. */
  private final class Export implements FlatStream.Sink {
    private final FlatFilter filter;
    private final ExportFormat format;
    private final Freshness.Headers headers;
    private final HttpServletResponse response;
    private @Nullable FlatWriter writer;
    private long rows;
    private boolean clientIsGone;

    Export(
        FlatFilter filter,
        ExportFormat format,
        Freshness.Headers headers,
        HttpServletResponse response) {
      this.filter = filter;
      this.format = format;
      this.headers = headers;
      this.response = response;
    }

    @Override
    public void begin() throws IOException {
      ExportController.begin(response, format, headers);
      // From here on a failure can no longer be answered with another status, whatever is buffered
      response.flushBuffer();
      writer =
          switch (format) {
            case NDJSON -> new NdjsonWriter(json, response.getOutputStream());
            case CSV -> new CsvWriter(response.getOutputStream(), filter.includeDeleted());
          };
    }

    @Override
    public void row(FlatResponse row) throws IOException {
      if (writer != null) {
        try {
          writer.write(row);
        } catch (IOException | JacksonIOException e) {
          clientIsGone = true;
          throw e;
        }
        rows++;
      }
    }

    void finish() throws IOException {
      if (writer != null) {
        writer.finish();
      }
    }

    /** A file that has begun must not end like one that is whole. */
    void failed(Exception failure) throws IOException {
      if (clientIsGone) {
        LOG.debug("A client has left, or was too slow, after {} rows", rows, failure);
      } else if (response.isCommitted()) {
        outages
            .of(failure)
            .ifPresentOrElse(
                outage -> LOG.warn("An export failed after {} rows: {}", rows, outage.reason()),
                () -> LOG.warn("An export failed after {} rows", rows, failure));
        throw new BrokenExportException(rows);
      } else if (failure instanceof IOException e) {
        throw e;
      } else if (failure instanceof RuntimeException e) {
        throw e;
      }
    }
  }
}
