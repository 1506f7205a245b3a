package org.etlsandbox.deltaapi.dialect;

import org.etlsandbox.deltaapi.schema.LogicalType;
import org.jspecify.annotations.Nullable;

/**
 * What a type becomes in a dialect.
 *
 * @param sql as a CREATE TABLE declares it
 * @param stored what that type is by itself: what is found when the new table is read
 * @param reasoning why this one; a sentence
 * @param loss which values it does not take, or changes; null where it takes all as they are
 */
public record TargetType(String sql, LogicalType stored, String reasoning, @Nullable String loss) {

  static TargetType of(String sql, LogicalType stored, String reasoning) {
    return new TargetType(sql, stored, reasoning, null);
  }

  /** The product has the very same. */
  static TargetType same(String sql, LogicalType type) {
    return of(sql, type, "The same in both.");
  }

  TargetType losing(@Nullable String what) {
    return new TargetType(sql, stored, reasoning, what);
  }
}
