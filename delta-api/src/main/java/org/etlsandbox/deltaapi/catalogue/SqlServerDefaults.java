package org.etlsandbox.deltaapi.catalogue;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.etlsandbox.deltaapi.schema.DefaultValue;
import org.etlsandbox.deltaapi.schema.DefaultValue.CurrentTime;
import org.etlsandbox.deltaapi.schema.DefaultValue.Expression;
import org.etlsandbox.deltaapi.schema.DefaultValue.Literal;
import org.etlsandbox.deltaapi.schema.Literals;
import org.etlsandbox.deltaapi.schema.LogicalType;
import org.etlsandbox.deltaapi.schema.LogicalType.Instant;
import org.etlsandbox.deltaapi.schema.LogicalType.WallClock;
import org.jspecify.annotations.Nullable;

/** Reads what {@code sys.default_constraints} shows: {@code ((4.99))}, {@code (N'G')}. */
final class SqlServerDefaults {

  private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+");
  private static final Set<String> CURRENT_TIME =
      Set.of("getdate()", "sysdatetime()", "current_timestamp");
  private static final Set<String> CURRENT_INSTANT = Set.of("sysdatetimeoffset()");

  private SqlServerDefaults() {}

  static @Nullable DefaultValue of(@Nullable String shown, LogicalType type) {
    if (shown == null) {
      return null;
    }
    String inner = withoutParentheses(shown);
    String lower = inner.toLowerCase(Locale.ROOT);
    if (lower.equals("null")) {
      return null;
    }
    if (type instanceof WallClock && CURRENT_TIME.contains(lower)
        || type instanceof Instant && CURRENT_INSTANT.contains(lower)) {
      return new CurrentTime();
    }
    String literal =
        NUMBER.matcher(inner).matches()
            ? inner
            : Scanner.unquoted(inner.startsWith("N'") ? inner.substring(1) : inner, false);
    String canonical = literal == null ? null : Literals.canonical(type, literal);
    return canonical == null ? new Expression(shown) : new Literal(canonical);
  }

  private static String withoutParentheses(String shown) {
    String inner = shown.strip();
    while (isWrapped(inner)) {
      inner = inner.substring(1, inner.length() - 1).strip();
    }
    return inner;
  }

  /** Whether the first parenthesis closes at the end. */
  private static boolean isWrapped(String sql) {
    if (!sql.startsWith("(") || !sql.endsWith(")")) {
      return false;
    }
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      if (c == '\'') {
        quoted = !quoted;
      } else if (!quoted) {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (depth == 0 && i < sql.length() - 1) {
          return false;
        }
      }
    }
    return !quoted;
  }
}
