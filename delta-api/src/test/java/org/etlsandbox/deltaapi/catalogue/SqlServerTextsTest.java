package org.etlsandbox.deltaapi.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.etlsandbox.deltaapi.schema.DefaultValue;
import org.etlsandbox.deltaapi.schema.DefaultValue.CurrentTime;
import org.etlsandbox.deltaapi.schema.DefaultValue.Expression;
import org.etlsandbox.deltaapi.schema.DefaultValue.Literal;
import org.etlsandbox.deltaapi.schema.LogicalType;
import org.etlsandbox.deltaapi.schema.LogicalType.Bool;
import org.etlsandbox.deltaapi.schema.LogicalType.Decimal;
import org.etlsandbox.deltaapi.schema.LogicalType.Enumeration;
import org.etlsandbox.deltaapi.schema.LogicalType.Instant;
import org.etlsandbox.deltaapi.schema.LogicalType.Text;
import org.etlsandbox.deltaapi.schema.LogicalType.Unit;
import org.etlsandbox.deltaapi.schema.LogicalType.WallClock;
import org.etlsandbox.deltaapi.schema.LogicalType.Whole;
import org.junit.jupiter.api.Test;

/** What SQL Server's catalogue shows, as its documentation has it: no server is at hand to ask. */
class SqlServerTextsTest {

  private static final LogicalType TEXT = new Text(20, Unit.UTF16);

  private static DefaultValue of(String shown, LogicalType type) {
    return SqlServerDefaults.of(shown, type);
  }

  @Test
  void constantsAreReadOutOfTheirParentheses() {
    assertThat(of("((4.9))", new Decimal(4, 2))).isEqualTo(new Literal("4.90"));
    assertThat(of("((-1))", new Whole(32, false))).isEqualTo(new Literal("-1"));
    assertThat(of("((1))", new Bool())).isEqualTo(new Literal("true"));
    assertThat(of("(N'it''s (1)')", TEXT)).isEqualTo(new Literal("it's (1)"));
    assertThat(of("('G')", TEXT)).isEqualTo(new Literal("G"));
    assertThat(of("('2005-05-24')", new WallClock(0)))
        .isEqualTo(new Literal("2005-05-24 00:00:00"));
    assertThat(of("(N'2005-05-24 22:53:30+00:00')", new Instant(0)))
        .isEqualTo(new Literal("2005-05-24 22:53:30"));
    assertThat(of("(NULL)", TEXT)).isNull();
    assertThat(SqlServerDefaults.of(null, TEXT)).isNull();
  }

  @Test
  void theCurrentTimeIsOne() {
    assertThat(of("(getdate())", new WallClock(3))).isEqualTo(new CurrentTime());
    assertThat(of("(sysdatetimeoffset())", new Instant(7))).isEqualTo(new CurrentTime());
    // The wall clock of UTC, whatever the server's zone: another one
    assertThat(of("(getutcdate())", new WallClock(3))).isInstanceOf(Expression.class);
  }

  @Test
  void anythingElseIsNotGuessed() {
    for (String shown : List.of("((1)+(2))", "(newid())", "(N'a'+N'b')", "('G') + ('H')")) {
      assertThat(of(shown, TEXT)).isEqualTo(new Expression(shown));
    }
    assertThat(of("((300))", new Bool())).isEqualTo(new Expression("((300))"));
  }

  @Test
  void anEnumerationIsKnownByItsCheck() {
    assertThat(SqlServerChecks.type("([ra]]ting]=N'G' OR [ra]]ting]=N'it''s')", "ra]ting"))
        .contains(new Enumeration(List.of("G", "it's")));
    for (String other :
        List.of(
            "([rating]=N'G' OR [title]=N'PG')",
            "([rating]=N'G' AND [rating]=N'PG')",
            "([rating]<>N'G')",
            "([rating]=N'G') OR 1=1",
            "(len([rating])>(2))")) {
      assertThat(SqlServerChecks.type(other, "rating")).as(other).isEmpty();
    }
  }
}
