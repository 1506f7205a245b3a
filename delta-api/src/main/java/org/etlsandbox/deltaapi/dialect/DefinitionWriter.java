package org.etlsandbox.deltaapi.dialect;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.etlsandbox.deltaapi.schema.Column;
import org.etlsandbox.deltaapi.schema.DefaultValue;
import org.etlsandbox.deltaapi.schema.DefaultValue.CurrentTime;
import org.etlsandbox.deltaapi.schema.DefaultValue.Expression;
import org.etlsandbox.deltaapi.schema.DefaultValue.Literal;
import org.etlsandbox.deltaapi.schema.Literals;
import org.etlsandbox.deltaapi.schema.LogicalType;
import org.etlsandbox.deltaapi.schema.LogicalType.Bits;
import org.etlsandbox.deltaapi.schema.LogicalType.Whole;
import org.etlsandbox.deltaapi.schema.Refusal;
import org.etlsandbox.deltaapi.schema.RefusedException;
import org.etlsandbox.deltaapi.schema.Table;
import org.etlsandbox.deltaapi.schema.UnmappableException;
import org.jspecify.annotations.Nullable;

/** Writes a table down in a dialect: whole, or not at all. */
public final class DefinitionWriter {

  private static final Pattern BEYOND_BMP = Pattern.compile("[\\x{10000}-\\x{10FFFF}]");

  private final SqlDialect dialect;

  public DefinitionWriter(SqlDialect dialect) {
    this.dialect = dialect;
  }

  /**
   * @throws RefusedException naming every column that has no faithful counterpart
   */
  public Definition write(Table table) {
    List<TargetColumn> columns = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Column column : table.columns()) {
      try {
        columns.add(target(column, table, names));
      } catch (UnmappableException e) {
        refusals.add(new Refusal(column.name(), column.sourceType(), e.reason()));
      }
    }
    dialect
        .refusedName(table.name())
        .ifPresent(reason -> refusals.add(new Refusal("", "table " + table.name(), reason)));
    if (!refusals.isEmpty()) {
      throw new RefusedException(refusals);
    }
    List<String> notes = new ArrayList<>(table.remarks());
    notes.addAll(dialect.notes(table));
    String comment = comment(table.comment(), "The table's comment", notes);
    for (TargetColumn column : columns) {
      column.notes().forEach(note -> notes.add(column.source().name() + ": " + note));
    }
    return new Definition(dialect.create(table, comment, columns), columns, notes);
  }

  private TargetColumn target(Column column, Table table, Set<String> names) {
    dialect.refusedName(column.name()).ifPresent(DefinitionWriter::refuse);
    if (!names.add(dialect.foldsCase() ? column.name().toLowerCase(Locale.ROOT) : column.name())) {
      refuse(
          "Another column has the same name in other letter case, which is the same to %s."
              .formatted(dialect.title()));
    }
    TargetType type = dialect.typeOf(column.type());
    if (table.key().contains(column.name())) {
      dialect.refusedInKey(type.stored()).ifPresent(DefinitionWriter::refuse);
    }
    List<String> notes = new ArrayList<>();
    if (type.loss() != null) {
      notes.add(type.loss());
    }
    notes.addAll(column.remarks());
    String defaultSql = defaultSql(column, type.stored(), notes);
    String comment = comment(column.comment(), "The comment", notes);
    return new TargetColumn(
        column, type, dialect.declared(type, column.nullable()), defaultSql, comment, notes);
  }

  private static void refuse(String reason) {
    throw new UnmappableException(reason);
  }

  private @Nullable String defaultSql(Column column, LogicalType stored, List<String> notes) {
    DefaultValue value = column.defaultValue();
    if (value == null) {
      return null;
    }
    Optional<String> sql =
        switch (value) {
          case CurrentTime() -> dialect.currentTime(stored);
          case Literal(String text) ->
              Optional.ofNullable(adapted(text, column.type(), stored))
                  .filter(adapted -> adapted.indexOf('\0') < 0)
                  .flatMap(adapted -> dialect.literal(stored, adapted));
          case Expression expression -> Optional.empty();
        };
    if (sql.isEmpty()) {
      notes.add("Its default is left out: %s.".formatted(reason(value)));
    }
    return sql.orElse(null);
  }

  private String reason(DefaultValue value) {
    return switch (value) {
      case CurrentTime() -> "this type has no current time in " + dialect.title();
      case Literal(String text) ->
          "'%s' is none that this type can have in %s".formatted(text, dialect.title());
      case Expression(String expression) -> "%s is no constant".formatted(expression);
    };
  }

  private static @Nullable String adapted(String text, LogicalType from, LogicalType stored) {
    return from instanceof Bits && stored instanceof Whole
        ? new BigInteger(text, 2).toString()
        : Literals.canonical(stored, text);
  }

  private String comment(String comment, String what, List<String> notes) {
    String clean = comment.replace("\0", "");
    if (!dialect.commentsTakeEveryCharacter()
        && clean.codePoints().anyMatch(Character::isSupplementaryCodePoint)) {
      clean = BEYOND_BMP.matcher(clean).replaceAll("\uFFFD");
      notes.add(
          "%s loses characters: %s takes none beyond U+FFFF there."
              .formatted(what, dialect.title()));
    }
    int longest = dialect.longestComment();
    if (clean.codePointCount(0, clean.length()) <= longest) {
      return clean;
    }
    notes.add("%s is cut: %s takes %d characters.".formatted(what, dialect.title(), longest));
    return clean.substring(0, clean.offsetByCodePoints(0, longest));
  }
}
