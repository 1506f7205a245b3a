package org.etlsandbox.clickhouse;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.DataStreamWriter;
import com.clickhouse.client.api.insert.InsertResponse;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.client.api.query.QueryResponse;
import com.clickhouse.client.api.query.QuerySettings;
import com.clickhouse.data.ClickHouseFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import net.jpountz.lz4.LZ4FrameOutputStream.FLG;
import org.etlsandbox.clickhouse.FlatFormat.Column;
import org.etlsandbox.connection.ClickHouseTls;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.connection.ServerTrust;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;

/**
 * One ClickHouse server, spoken to in RowBinary over HTTP. Thread-safe; every failure comes out as
 * a {@link StoreException}; no statement is repeated by itself.
 */
final class ClickHouseServer implements AutoCloseable {

  /** As {@link org.etlsandbox.connection.ConnectionPool}: to connect, and to get a connection. */
  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(10);

  private final ConnectionSettings settings;
  private final ClickHouseAddress address;
  private final Client client;

  ClickHouseServer(ConnectionSettings settings) {
    this.settings = settings;
    this.address = ClickHouseAddress.of(settings);
    try {
      Client.Builder builder =
          new Client.Builder()
              .addEndpoint(address.endpoint())
              .setUsername(address.username())
              .setPassword(address.password())
              .setDefaultDatabase(address.database())
              .setClientName("etl-sandbox")
              .setMaxConnections(settings.maxConnections())
              .setConnectTimeout(CONNECT_PATIENCE.toMillis())
              .setConnectionRequestTimeout(CONNECT_PATIENCE.toMillis(), ChronoUnit.MILLIS)
              .setSocketTimeout(settings.answerTimeout().toMillis())
              .compressServerResponse(true)
              .setOptions(address.options())
              // A repeated insert needs a look at the lease first; we repeat by ourselves
              .setMaxRetries(0)
              .serverSetting(
                  "max_execution_time", Long.toString(settings.statementTimeout().toSeconds()))
              .serverSetting("session_timezone", "UTC");
      if (verifies(settings)) {
        builder.setSSLContext(ServerTrust.context(settings.tls().ca()));
      }
      this.client = builder.build();
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new StoreException(
          Kind.PERMANENT,
          "%s: the driver refuses the options of the URL (%s). Correct them."
              .formatted(settings, e.getClass().getSimpleName()),
          e);
    }
  }

  /** Whether we judge the certificate, and not the driver, by what the URL names. */
  private static boolean verifies(ConnectionSettings settings) {
    return !settings.tlsProperties().isEmpty() && !ClickHouseTls.bringsTrust(settings.url());
  }

  ConnectionSettings settings() {
    return settings;
  }

  String database() {
    return address.database();
  }

  /** The whole answer, in RowBinary; at most 2 GiB. */
  byte[] query(String attempt, String sql) {
    return query(attempt, sql, Map.of(), new QuerySettings());
  }

  /** The same without the configured database, which may not exist. */
  byte[] queryOutsideDatabase(String attempt, String sql) {
    return queryOutsideDatabase(attempt, sql, Map.of());
  }

  byte[] queryOutsideDatabase(String attempt, String sql, Map<String, Object> parameters) {
    return query(attempt, sql, parameters, new QuerySettings().setDatabase("system"));
  }

  private byte[] query(
      String attempt, String sql, Map<String, Object> parameters, QuerySettings querySettings) {
    querySettings
        .setFormat(ClickHouseFormat.RowBinary)
        // Else an error in the middle of the answer would look like more rows
        .waitEndOfQuery(true);
    try (QueryResponse response = client.query(sql, parameters, querySettings).get()) {
      return response.getInputStream().readAllBytes();
    } catch (InterruptedException e) {
      throw interrupted(attempt, e);
    } catch (Exception e) {
      throw ClickHouseFailures.of(settings, attempt, e);
    }
  }

  /**
   * One INSERT, which the server takes as one block (so as a whole or not at all) up to 1,048,449
   * rows, its max_insert_block_size.
   *
   * @param token two inserts under one token into the same table count once
   * @throws LostAnswerException when it may or may not have been carried out
   */
  void insert(String attempt, String table, FlatBlock rows, String token) {
    insert(attempt, table, FlatFormat.COLUMNS, ClickHouseFormat.Native, rows::writeTo, token);
  }

  /** The same with rows in RowBinary. */
  void insert(String attempt, String table, List<Column> columns, RowBuffer rows, String token) {
    RowBuffer header = new RowBuffer(512).length(columns.size());
    columns.forEach(column -> header.text(column.name()));
    columns.forEach(column -> header.text(column.type()));
    insert(
        attempt,
        table,
        columns,
        ClickHouseFormat.RowBinaryWithNamesAndTypes,
        out -> {
          header.writeTo(out);
          rows.writeTo(out);
        },
        token);
  }

  private void insert(
      String attempt,
      String table,
      List<Column> columns,
      ClickHouseFormat format,
      DataStreamWriter body,
      String token) {
    InsertSettings insertSettings =
        new InsertSettings()
            .setDeduplicationToken(token)
            .appCompressedData(true, "lz4")
            // Asynchronous inserts, a default of newer servers, join blocks of several inserts
            .serverSetting("async_insert", "0");
    List<String> names = columns.stream().map(Column::name).toList();
    try (InsertResponse response =
        client.insert(table, names, out -> compressed(body, out), format, insertSettings).get()) {
      // Answered: carried out
    } catch (InterruptedException e) {
      throw interrupted(attempt, e);
    } catch (Exception e) {
      throw ClickHouseFailures.of(settings, attempt, e);
    }
  }

  /**
   * The driver's own compression has no room for a block that does not become smaller: ids in no
   * order, or any noise, and the insert fails. A frame takes such a block as it is.
   */
  private static void compressed(DataStreamWriter body, OutputStream out) throws IOException {
    LZ4FrameOutputStream frame =
        new LZ4FrameOutputStream(
            out, BLOCKSIZE.SIZE_256KB, FLG.Bits.BLOCK_INDEPENDENCE, FLG.Bits.CONTENT_CHECKSUM);
    body.onOutput(frame);
    frame.close();
  }

  private StoreException interrupted(String attempt, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new StoreException(
        Kind.UNAVAILABLE, "%s: interrupted, could not %s".formatted(settings, attempt), e);
  }

  @Override
  public void close() {
    client.close();
  }
}
