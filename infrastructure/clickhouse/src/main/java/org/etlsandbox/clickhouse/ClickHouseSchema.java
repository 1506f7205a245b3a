package org.etlsandbox.clickhouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.etlsandbox.clickhouse.FlatFormat.Column;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.schema.SchemaMode;
import org.etlsandbox.schema.SchemaRefusal;

/** The tables in ClickHouse, defined by the SQL files beside this class. */
public final class ClickHouseSchema {

  /** To be raised with every change of a schema file. */
  static final int VERSION = 1;

  private static final String DATABASE_EXISTS =
      "SELECT toUInt8(count()) FROM system.databases WHERE name = {name:String}";

  private static final String OBJECTS =
      """
      SELECT toUInt8(count())
      FROM system.tables
      WHERE database = currentDatabase()
        AND name IN ('etl_destination', 'customer_order_flat', 'customer_order_flat_current', 'etl_canary')
      """;

  private static final int OBJECT_COUNT = 4;

  private static final String RECORDED_VERSION =
      "SELECT max(schema_version), min(schema_version) FROM etl_destination";

  private static final String COLUMNS =
      """
      SELECT name, type
      FROM system.columns
      WHERE database = currentDatabase() AND table = 'customer_order_flat'
      ORDER BY position
      """;

  private static final String TABLE_UUID =
      """
      SELECT toString(uuid)
      FROM system.tables
      WHERE database = currentDatabase() AND name = 'customer_order_flat'
      """;

  private static final String CANARY =
      """
      SELECT wall, wall_null, toString(wall), toYear(wall), toHour(wall_null)
      FROM etl_canary
      WHERE id = '%s'
      """;

  private static final List<Column> CANARY_COLUMNS =
      List.of(
          new Column("id", "UUID"),
          new Column("wall", "DateTime64(0, 'UTC')"),
          new Column("wall_null", "Nullable(DateTime64(0, 'UTC'))"));

  // Inside the hour that many zones skip in spring, the last moment of a year
  private static final LocalDateTime CANARY_WALL = LocalDateTime.of(2025, 3, 30, 2, 30, 1);
  private static final LocalDateTime CANARY_WALL_NULL = LocalDateTime.of(1999, 12, 31, 23, 59, 59);

  private final ClickHouseServer server;
  private final Fence fence;

  ClickHouseSchema(ClickHouseServer server, Fence fence) {
    this.server = server;
    this.fence = fence;
  }

  /** The CREATE TABLE statement of {@code customer_order_flat}, as the adapter itself runs it. */
  public static String tableDdl() {
    return file("customer_order_flat");
  }

  /** Creates what is missing, or refuses that, and checks what is there; may be repeated. */
  void prepare(SchemaMode mode) {
    if (mode == SchemaMode.MIGRATE) {
      migrate();
    } else {
      validate();
    }
    checkColumns();
    checkWallClocks();
  }

  private void migrate() {
    createDatabase();
    create("etl_destination");
    checkVersion();
    create("customer_order_flat");
    create("customer_order_flat_current");
    create("etl_canary");
  }

  private void validate() {
    if (!databaseExists() || objects() < OBJECT_COUNT) {
      throw SchemaRefusal.missing(server.settings());
    }
    RowReader recorded = new RowReader(server.query("read the schema version", RECORDED_VERSION));
    long version = recorded.uint32();
    if (version == 0) {
      throw SchemaRefusal.missing(server.settings());
    }
    String found = Long.toString(version);
    String known = Integer.toString(VERSION);
    if (version < VERSION) {
      throw SchemaRefusal.behind(server.settings(), found, known);
    }
    if (version > VERSION) {
      throw SchemaRefusal.ahead(server.settings(), found, known);
    }
  }

  /**
   * The UUID that ClickHouse gave the table when it was created: a dropped and recreated table, or
   * one restored from a backup, has another.
   */
  UUID incarnation() {
    RowReader answer = new RowReader(server.query("read the table's UUID", TABLE_UUID));
    UUID uuid = answer.hasMore() ? UUID.fromString(answer.text()) : new UUID(0, 0);
    if (uuid.equals(new UUID(0, 0))) {
      throw permanent(
          "Database '%s' gives its tables no UUID, so a recreated table could not be told from the old one. Use a database with ENGINE = Atomic (the default)."
              .formatted(server.database()));
    }
    return uuid;
  }

  private boolean databaseExists() {
    String name = server.database();
    byte[] exists =
        server.queryOutsideDatabase(
            "look for database '%s'".formatted(name), DATABASE_EXISTS, Map.of("name", name));
    return new RowReader(exists).uint8() != 0;
  }

  private int objects() {
    return new RowReader(server.query("look for the tables", OBJECTS)).uint8();
  }

  private void createDatabase() {
    String name = server.database();
    if (!databaseExists()) {
      server.queryOutsideDatabase(
          "create the missing database '%s'".formatted(name),
          "CREATE DATABASE IF NOT EXISTS " + quoted(name),
          Map.of());
    }
  }

  private void checkVersion() {
    RowReader recorded = new RowReader(server.query("read the schema version", RECORDED_VERSION));
    long highest = recorded.uint32();
    long lowest = recorded.uint32();
    if (highest == 0) {
      fence.record(VERSION, 0);
    } else if (highest != VERSION || lowest != VERSION) {
      throw permanent(
          "Database '%s' was made by another version (schema %d, this one knows %d). Run the version that made it, or drop the database and let it be loaded again."
              .formatted(server.database(), highest, VERSION));
    }
  }

  /** RowBinary carries no names: a table altered by hand would be read wrong, silently. */
  private void checkColumns() {
    RowReader answer = new RowReader(server.query("read the table's columns", COLUMNS));
    List<Column> actual = new ArrayList<>();
    while (answer.hasMore()) {
      actual.add(new Column(answer.text(), answer.text()));
    }
    if (!actual.equals(FlatFormat.COLUMNS)) {
      throw permanent(
          "Table '%s.customer_order_flat' has other columns than this version writes: %s instead of %s. Drop or rename the table and let it be loaded again."
              .formatted(server.database(), actual, FlatFormat.COLUMNS));
    }
  }

  private void checkWallClocks() {
    UUID id = UUID.randomUUID();
    RowBuffer row =
        new RowBuffer(64).int64(id.getMostSignificantBits()).int64(id.getLeastSignificantBits());
    FlatFormat.writeWall(CANARY_WALL.toEpochSecond(ZoneOffset.UTC), row);
    FlatFormat.writeNullableWall(CANARY_WALL_NULL.toEpochSecond(ZoneOffset.UTC), row);
    server.insert("write the canary", "etl_canary", CANARY_COLUMNS, row, "canary-" + id);

    RowReader back = new RowReader(server.query("read the canary", CANARY.formatted(id)));
    String expected =
        "[%s, %s, %s, 2025, 23]".formatted(CANARY_WALL, CANARY_WALL_NULL, "2025-03-30 02:30:01");
    String actual = back.hasMore() ? canary(back).toString() : "[no row]";
    if (!actual.equals(expected)) {
      throw permanent(
          "%s shifts a DATETIME on its way: %s came back as %s. Remove time-zone options from the URL and from the user's profile."
              .formatted(server.settings(), expected, actual));
    }
  }

  private static List<Object> canary(RowReader back) {
    LocalDateTime wall = FlatFormat.readWall(back);
    Object wallNull = Objects.requireNonNullElse(FlatFormat.readNullableWall(back), "null");
    String asText = back.text();
    int year = back.uint8() | back.uint8() << 8;
    int hour = back.uint8() == 1 ? -1 : back.uint8();
    return List.of(wall, wallNull, asText, year, hour);
  }

  private void create(String object) {
    server.query("create " + object, file(object));
  }

  private StoreException permanent(String message) {
    return new StoreException(Kind.PERMANENT, message);
  }

  private static String quoted(String identifier) {
    return "`" + identifier.replace("\\", "\\\\").replace("`", "\\`") + "`";
  }

  private static String file(String object) {
    String path = "schema/" + object + ".sql";
    try (InputStream in = ClickHouseSchema.class.getResourceAsStream(path)) {
      return new String(Objects.requireNonNull(in, path).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path + " from the class path", e);
    }
  }
}
