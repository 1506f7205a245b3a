package org.etlsandbox.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.testkit.FlatGenerator;
import org.etlsandbox.testkit.SampleFlat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decodes by the letter of PostgreSQL's documentation what was encoded. */
class CopyBinaryEncoderTest {
  private static final LocalDateTime EPOCH = LocalDateTime.of(2000, 1, 1, 0, 0);

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private int writes;

  @Test
  void anEmptyCopyIsHeaderAndTrailer() throws SQLException {
    assertThat(decode(List.of())).isEmpty();
    assertThat(written.toByteArray())
        .hasSize(21)
        .startsWith('P', 'G', 'C', 'O', 'P', 'Y', '\n', 0xFF, '\r', '\n', 0)
        .endsWith(0xFF, 0xFF);
  }

  @Test
  void rowsOfManyBuffersComeBackWhole() throws SQLException {
    List<CustomerOrderFlat> rows =
        new ArrayList<>(new FlatGenerator(1).rows(new RefreshScope.Range(0, 5_000)));
    rows.add(1_000, SampleFlat.of(1, 2, 3).filmTitle("🎬".repeat(100_000)).build());
    assertThat(decode(rows)).containsExactlyElementsOf(rows);
    assertThat(writes).isGreaterThan(5);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        -1,
        10,
        99,
        100,
        101,
        9_999,
        10_000,
        999_999,
        1_000_000,
        1_000_001,
        1_010_000,
        100_000_000,
        100_000_001,
        9_999_999_999L,
        -9_999_999_999L,
        9_999_000_000L,
        -100
      })
  void amountsAreExact(long cents) throws SQLException {
    CustomerOrderFlat row = SampleFlat.of(1, 1, 1).amountCents(cents).build();
    assertThat(decode(List.of(row))).containsExactly(row);
  }

  /** Golden: what a server prints for {@code SELECT numeric_send(2.99::numeric(10,2))} etc. */
  @ParameterizedTest
  @CsvSource({
    "0, 0000000000000002",
    "299, 00020000000000020002 26AC",
    "-1, 0001FFFF400000020064",
    "1000000, 0001000100000002 0001",
    "9999999999, 0003000100000002270F270F26AC",
  })
  void amountsAreEncodedAsTheServerDoes(long cents, String hex) throws SQLException {
    decode(List.of(SampleFlat.of(1, 1, 1).amountCents(cents).build()));
    String amount = hex.replace(" ", "");
    assertThat(HexFormat.of().withUpperCase().formatHex(written.toByteArray()))
        .contains("%08X%s".formatted(amount.length() / 2, amount));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1000-01-01T00:00:00",
        "1999-12-31T23:59:59",
        "2000-01-01T00:00:00",
        "9999-12-31T23:59:59"
      })
  void momentsAreExact(String moment) throws SQLException {
    LocalDateTime at = LocalDateTime.parse(moment);
    CustomerOrderFlat row = SampleFlat.of(1, 1, 1).rentalDate(at).returnDate(at).build();
    assertThat(decode(List.of(row))).containsExactly(row);
  }

  @Test
  void whatWouldBeRoundedOrReplacedIsRefused() {
    for (CustomerOrderFlat row :
        List.of(
            SampleFlat.of(1, 1, 1).amountCents(10_000_000_000L).build(),
            SampleFlat.of(1, 1, 1).amountCents(Long.MIN_VALUE).build(),
            SampleFlat.of(1, 1, 1).rentalDate(EPOCH.plusNanos(1)).build(),
            SampleFlat.of(1, 1, 1).category("half \uD83C").build(),
            SampleFlat.of(1, 1, 1).category("\uDFAC\uD83C").build())) {
      assertThatThrownBy(() -> decode(List.of(row)))
          .as("%s", row)
          .isInstanceOf(StoreException.class)
          .extracting(failure -> ((StoreException) failure).kind())
          .isEqualTo(StoreException.Kind.DATA);
    }
  }

  private List<CustomerOrderFlat> decode(List<CustomerOrderFlat> rows) throws SQLException {
    written.reset();
    CopyBinaryEncoder encoder =
        new CopyBinaryEncoder((bytes, length) -> {
          written.write(bytes, 0, length);
          Arrays.fill(bytes, (byte) 0x55); // it must not count on what it has handed over
          writes++;
        });
    encoder.begin();
    for (CustomerOrderFlat row : rows) {
      encoder.row(row, 42);
    }
    encoder.end();

    ByteBuffer in = ByteBuffer.wrap(written.toByteArray()).position(19);
    List<CustomerOrderFlat> decoded = new ArrayList<>();
    for (short columns = in.getShort(); columns != -1; columns = in.getShort()) {
      assertThat(columns).isEqualTo((short) 12);
      decoded.add(
          new CustomerOrderFlat(
              number(in),
              number(in),
              number(in),
              number(in),
              text(in),
              number(in),
              text(in),
              text(in),
              amount(in),
              moment(in),
              moment(in)));
      assertThat(number(in)).isEqualTo(42);
    }
    assertThat(in.hasRemaining()).isFalse();
    return decoded;
  }

  private static long number(ByteBuffer in) {
    assertThat(in.getInt()).isEqualTo(8);
    return in.getLong();
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static LocalDateTime moment(ByteBuffer in) {
    int length = in.getInt();
    return length == -1 ? null : EPOCH.plus(Duration.ofSeconds(in.getLong() / 1_000_000));
  }

  private static long amount(ByteBuffer in) {
    int length = in.getInt();
    int digits = in.getShort();
    int weight = in.getShort();
    boolean negative = in.getShort() == 0x4000;
    assertThat(in.getShort()).as("scale").isEqualTo((short) 2);
    assertThat(length).isEqualTo(8 + 2 * digits);
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < digits; i++) {
      short digit = in.getShort();
      assertThat(digit).isBetween((short) 0, (short) 9_999);
      assertThat(i > 0 && i < digits - 1 || digit != 0).as("no outer zero digit").isTrue();
      sum = sum.add(BigDecimal.valueOf(digit).scaleByPowerOfTen(4 * (weight - i)));
    }
    return (negative ? sum.negate() : sum).movePointRight(2).longValueExact();
  }
}
