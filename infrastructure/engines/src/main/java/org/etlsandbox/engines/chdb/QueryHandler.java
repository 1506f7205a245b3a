package org.etlsandbox.engines.chdb;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.stream.Collectors;
import org.etlsandbox.engines.chdb.Chdb.Summary;
import org.etlsandbox.engines.chdb.Chdb.Text;
import org.jspecify.annotations.Nullable;

/** Runs each request on a connection of its own, so that no setting outlives it. */
final class QueryHandler implements HttpHandler {
  /** A statement, with what data it carries inline, is held in memory: as a whole, twice. */
  private static final int LARGEST_STATEMENT = 64 * 1024 * 1024;

  private final ChdbEngine engine;
  private final byte[] password;

  QueryHandler(ChdbEngine engine, String password) {
    this.engine = engine;
    this.password = password.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Request request = Request.of(exchange);
    exchange.getResponseHeaders().set("X-ClickHouse-Query-Id", request.queryId());
    exchange.getResponseHeaders().set("X-ClickHouse-Server-Display-Name", "chdb");
    try {
      authenticate(request.password());
      request.refuseUnsupported();
      run(exchange, request);
      exchange.close();
    } catch (RuntimeException e) {
      // why printed: the HTTP server only closes the connection
      e.printStackTrace();
      throw e;
    } catch (ClickHouseError e) {
      if (exchange.getResponseCode() != -1) {
        // why: the answer has begun; a broken connection is the only way left to say no
        throw new IOException(e);
      }
      fail(exchange, request, e);
    }
  }

  private void authenticate(@Nullable String given) throws ClickHouseError {
    if (given == null || !MessageDigest.isEqual(password, given.getBytes(StandardCharsets.UTF_8))) {
      throw new ClickHouseError(
          ClickHouseError.AUTHENTICATION_FAILED,
          "Authentication failed: password is incorrect, or missing.");
    }
  }

  private void run(HttpExchange exchange, Request request) throws IOException, ClickHouseError {
    // why not closed here: an error still has to read the rest of it
    PushbackInputStream body = new PushbackInputStream(request.body());
    String query = request.query();
    Statement statement =
        new Statement(query == null ? readAll(body) : query.getBytes(StandardCharsets.UTF_8));
    if (statement.stopsTheServer()) {
      throw new ClickHouseError(
          ClickHouseError.NOT_IMPLEMENTED,
          "The embedded engine is stopped by closing it, not by a statement.");
    }
    try (ChdbConnection connection = engine.connect()) {
      prepare(connection, request);
      if (query != null && statement.isInsert() && !isEmpty(body)) {
        insert(exchange, request, connection, statement, body);
      } else {
        query(exchange, request, connection, statement);
      }
    }
  }

  private static byte[] readAll(InputStream body) throws IOException, ClickHouseError {
    byte[] all = body.readNBytes(LARGEST_STATEMENT + 1);
    if (all.length > LARGEST_STATEMENT) {
      throw new ClickHouseError(
          ClickHouseError.TOO_LARGE_SIZE_COMPRESSED,
          "The statement is longer than %d bytes: send the data of an insert apart from it, with the statement in the URL."
              .formatted(LARGEST_STATEMENT));
    }
    return all;
  }

  private static boolean isEmpty(PushbackInputStream body) throws IOException {
    int first = body.read();
    if (first >= 0) {
      body.unread(first);
    }
    return first < 0;
  }

  private static void prepare(ChdbConnection connection, Request request) throws ClickHouseError {
    String database = request.database();
    if (database != null && !database.isEmpty()) {
      connection.run("USE `%s`".formatted(database.replace("\\", "\\\\").replace("`", "\\`")));
    }
    connection.run(
        request.settings().entrySet().stream()
            .map(setting -> setting.getKey() + " = " + literal(setting.getValue()))
            .collect(Collectors.joining(", ", "SET ", "")));
  }

  private static String literal(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static void insert(
      HttpExchange exchange,
      Request request,
      ChdbConnection connection,
      Statement statement,
      InputStream data)
      throws IOException, ClickHouseError {
    String format = statement.formatAtEnd();
    Text text =
        new Text(
            statement.withoutFormat(), format == null ? "Values" : format, request.parameters());
    Summary summary = connection.insert(text, data);
    answer(exchange, request, "", summary).close();
  }

  private static void query(
      HttpExchange exchange, Request request, ChdbConnection connection, Statement statement)
      throws IOException, ClickHouseError {
    String format = statement.formatAtEnd();
    String answered = format == null ? request.format() : format;
    String killed = statement.killedQueryId();
    byte[] sql =
        killed == null
            ? statement.bytes()
            : "KILL QUERY WHERE Settings['log_comment'] = '%s' ASYNC"
                .formatted(killed)
                .getBytes(StandardCharsets.UTF_8);
    Text text = new Text(sql, answered, request.parameters());
    ChdbConnection.Sink sink = summary -> answer(exchange, request, answered, summary);
    if (statement.isStreamable(answered)) {
      connection.stream(text, sink);
    } else {
      connection.query(text, sink);
    }
  }

  private static OutputStream answer(
      HttpExchange exchange, Request request, String format, Summary summary) throws IOException {
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/octet-stream");
    headers.set("X-ClickHouse-Timezone", "UTC");
    if (!format.isEmpty()) {
      headers.set("X-ClickHouse-Format", format);
    }
    headers.set(
        "X-ClickHouse-Summary",
        """
        {"read_rows":"%d","read_bytes":"%d","written_rows":"%d","written_bytes":"%d",\
        "total_rows_to_read":"0","result_rows":"0","result_bytes":"0","elapsed_ns":"0"}\
        """
            .formatted(
                summary.readRows(),
                summary.readBytes(),
                summary.writtenRows(),
                summary.writtenBytes()));
    exchange.sendResponseHeaders(200, 0);
    OutputStream body = exchange.getResponseBody();
    return request.compressAnswer() ? new CompressedOutput(body) : body;
  }

  private static void fail(HttpExchange exchange, Request request, ClickHouseError error)
      throws IOException {
    request.drain();
    byte[] message = (error.getMessage() + "\n").getBytes(StandardCharsets.UTF_8);
    exchange
        .getResponseHeaders()
        .set("X-ClickHouse-Exception-Code", Integer.toString(error.code()));
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=UTF-8");
    exchange.sendResponseHeaders(error.httpStatus(), message.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(message);
    }
  }
}
