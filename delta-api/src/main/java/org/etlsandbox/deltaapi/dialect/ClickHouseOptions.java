package org.etlsandbox.deltaapi.dialect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What ClickHouse must be told beyond the columns. All names are columns of the table.
 *
 * @param versionColumn for {@link Engine#REPLACING}: of two rows of a key the higher one stays;
 *     null where the later one shall
 * @param deletedColumn for {@link Engine#REPLACING} with a version: 1 marks a row as deleted; or
 *     null
 * @param partition null for one partition
 * @param orderBy the sorting key; empty for the primary key
 */
public record ClickHouseOptions(
    Engine engine,
    @Nullable String versionColumn,
    @Nullable String deletedColumn,
    @Nullable Partition partition,
    List<String> orderBy) {

  /** Nothing but the columns and the primary key. */
  public static final ClickHouseOptions NONE =
      new ClickHouseOptions(Engine.PLAIN, null, null, null, List.of());

  /** How rows of the same key are merged. */
  public enum Engine {
    PLAIN("MergeTree"),
    REPLACING("ReplacingMergeTree");

    private final String title;

    Engine(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }
  }

  /** Of what a partition is made. */
  public enum Function {
    COLUMN,
    MONTH,
    YEAR,
    QUOTIENT
  }

  /**
   * An expression over one column.
   *
   * @param divisor of {@link Function#QUOTIENT}
   */
  public record Partition(Function function, String column, long divisor) {}

  public ClickHouseOptions {
    orderBy = List.copyOf(orderBy);
  }
}
