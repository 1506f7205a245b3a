package org.etlsandbox.deltaapi;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.etlsandbox.deltaapi.dialect.ClickHouseOptions;
import org.etlsandbox.deltaapi.dialect.ClickHouseOptions.Engine;
import org.etlsandbox.deltaapi.dialect.ClickHouseOptions.Function;
import org.etlsandbox.deltaapi.dialect.ClickHouseOptions.Partition;
import org.etlsandbox.deltaapi.schema.Column;
import org.etlsandbox.deltaapi.schema.LogicalType;
import org.etlsandbox.deltaapi.schema.LogicalType.Bool;
import org.etlsandbox.deltaapi.schema.LogicalType.Date;
import org.etlsandbox.deltaapi.schema.LogicalType.Floating;
import org.etlsandbox.deltaapi.schema.LogicalType.Instant;
import org.etlsandbox.deltaapi.schema.LogicalType.WallClock;
import org.etlsandbox.deltaapi.schema.LogicalType.Whole;
import org.etlsandbox.deltaapi.schema.LogicalType.Year;
import org.etlsandbox.deltaapi.schema.Table;
import org.etlsandbox.service.InvalidParameterException;
import org.jspecify.annotations.Nullable;

/**
 * What a request says about ClickHouse's table, as it says it. Columns are looked up in the table
 * and functions are of a few known ones: nothing of it becomes SQL as it is.
 */
record ClickHouseParameters(
    @Nullable String engine,
    @Nullable String versionColumn,
    @Nullable String deletedColumn,
    @Nullable String partitionBy,
    @Nullable List<String> orderBy) {

  private static final Pattern CALL =
      Pattern.compile("(toYYYYMM|toYear)\\((.+)\\)", Pattern.DOTALL);
  private static final Pattern QUOTIENT =
      Pattern.compile("intDiv\\((.+), ?([1-9][0-9]{0,17})\\)", Pattern.DOTALL);

  private static final String PARTITION =
      "be a column, toYYYYMM(column), toYear(column) or intDiv(column, N) with a whole N from 1 on";

  /** Refuses what another dialect would ignore. */
  void requireNone(Dialect dialect) {
    refuse("engine", engine, dialect);
    refuse("versionColumn", versionColumn, dialect);
    refuse("deletedColumn", deletedColumn, dialect);
    refuse("partitionBy", partitionBy, dialect);
    refuse("orderBy", orderBy == null ? null : String.join(",", orderBy), dialect);
  }

  private static void refuse(String parameter, @Nullable String value, Dialect dialect) {
    if (value != null) {
      throw new InvalidParameterException(
          parameter,
          value,
          "be left out with dialect=%s, as it is for ClickHouse alone"
              .formatted(dialect.parameter()));
    }
  }

  /**
   * @throws InvalidParameterException naming the parameter that does not fit the table
   */
  ClickHouseOptions resolve(Table table) {
    Engine known = knownEngine();
    if (versionColumn != null) {
      if (known != Engine.REPLACING) {
        throw new InvalidParameterException(
            "versionColumn", versionColumn, "come with engine=ReplacingMergeTree");
      }
      column(
          table,
          "versionColumn",
          versionColumn,
          "an integer, a date or a time, never null",
          type ->
              type instanceof Whole
                  || type instanceof Date
                  || type instanceof WallClock
                  || type instanceof Instant);
    }
    if (deletedColumn != null) {
      if (versionColumn == null) {
        throw new InvalidParameterException(
            "deletedColumn", deletedColumn, "come with versionColumn");
      }
      column(
          table,
          "deletedColumn",
          deletedColumn,
          "a boolean or an unsigned integer of 8 bits, never null",
          type -> type instanceof Bool || type.equals(new Whole(8, true)));
    }
    return new ClickHouseOptions(
        known, versionColumn, deletedColumn, partition(table), order(table));
  }

  private Engine knownEngine() {
    return engine == null
        ? Engine.PLAIN
        : Arrays.stream(Engine.values())
            .filter(known -> known.title().equals(engine))
            .findFirst()
            .orElseThrow(() ->
                new InvalidParameterException(
                    "engine",
                    engine,
                    "be one of: "
                        + Arrays.stream(Engine.values())
                            .map(Engine::title)
                            .collect(Collectors.joining(", "))));
  }

  private List<String> order(Table table) {
    if (orderBy == null) {
      return List.of();
    }
    if (orderBy.isEmpty() || orderBy.size() != Set.copyOf(orderBy).size()) {
      throw new InvalidParameterException(
          "orderBy", String.join(",", orderBy), "name columns, each once");
    }
    orderBy.forEach(name -> column(table, "orderBy", name, "never null", type -> true));
    return orderBy;
  }

  private @Nullable Partition partition(Table table) {
    if (partitionBy == null) {
      return null;
    }
    if (table.column(partitionBy).isPresent()) {
      column(
          table,
          "partitionBy",
          partitionBy,
          "no floating point number, never null",
          type -> !(type instanceof Floating));
      return new Partition(Function.COLUMN, partitionBy, 1);
    }
    Matcher call = CALL.matcher(partitionBy);
    if (call.matches()) {
      String name = call.group(2);
      column(
          table,
          "partitionBy",
          name,
          "a date or a time, never null",
          ClickHouseParameters::hasDate);
      boolean month = call.group(1).equals("toYYYYMM");
      return new Partition(month ? Function.MONTH : Function.YEAR, name, 1);
    }
    Matcher quotient = QUOTIENT.matcher(partitionBy);
    if (quotient.matches()) {
      String name = quotient.group(1);
      column(
          table,
          "partitionBy",
          name,
          "an integer, never null",
          type -> type instanceof Whole || type instanceof Year);
      return new Partition(Function.QUOTIENT, name, Long.parseLong(quotient.group(2)));
    }
    throw new InvalidParameterException("partitionBy", partitionBy, PARTITION);
  }

  private static boolean hasDate(LogicalType type) {
    return type instanceof Date || type instanceof WallClock || type instanceof Instant;
  }

  private static void column(
      Table table, String parameter, String name, String wanted, Predicate<LogicalType> fits) {
    Optional<Column> column = table.column(name);
    if (column.isEmpty()) {
      throw new InvalidParameterException(
          parameter,
          name,
          "name a column of the table ("
              + table.columns().stream()
                  .map(Column::name)
                  .limit(UnknownNameException.NAMED)
                  .collect(Collectors.joining(", "))
              + ")");
    }
    if (column.get().nullable() || !fits.test(column.get().type())) {
      throw new InvalidParameterException(
          parameter,
          name,
          "be %s (the column is %s%s)"
              .formatted(
                  wanted,
                  column.get().type().describe(),
                  column.get().nullable() ? ", nullable" : ""));
    }
  }
}
