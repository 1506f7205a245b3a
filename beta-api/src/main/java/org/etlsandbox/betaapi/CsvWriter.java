package org.etlsandbox.betaapi;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * RFC 4180, UTF-8 without a byte order mark, with a header line. What is null is empty; an empty
 * text is {@code ""}. Nothing is put before a text that a spreadsheet would take for a formula:
 * data stay as they are.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
final class CsvWriter implements FlatWriter {

  private static final String HEADER =
      "rentalId,paymentId,categoryId,customerId,customerName,filmId,filmTitle,category,amount,"
          + "rentalDate,returnDate,rowVersion";

  private static final String END = "\r\n";
  private static final Pattern TO_BE_QUOTED = Pattern.compile("[,\"\r\n]");

  private final Writer out;
  private final boolean withDeleted;

  CsvWriter(OutputStream out, boolean withDeleted) throws IOException {
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    this.withDeleted = withDeleted;
    this.out.append(HEADER).append(withDeleted ? ",deleted" : "").append(END);
  }

  @Override
  public void write(FlatResponse row) throws IOException {
    number(row.rentalId()).append(',');
    number(row.paymentId()).append(',');
    number(row.categoryId()).append(',');
    number(row.customerId()).append(',');
    text(row.customerName()).append(',');
    number(row.filmId()).append(',');
    text(row.filmTitle()).append(',');
    text(row.category()).append(',');
    out.append(row.amount().toPlainString()).append(',');
    date(row.rentalDate()).append(',');
    date(row.returnDate()).append(',');
    number(row.rowVersion());
    if (withDeleted) {
      out.append(',').append(String.valueOf(row.deleted()));
    }
    out.append(END);
  }

  private Writer number(long number) throws IOException {
    return out.append(Long.toString(number));
  }

  private Writer text(String text) throws IOException {
    if (text.isEmpty() || TO_BE_QUOTED.matcher(text).find()) {
      return out.append('"').append(text.replace("\"", "\"\"")).append('"');
    }
    return out.append(text);
  }

  // Not its toString, which leaves seconds out where they are 0
  private Writer date(@Nullable LocalDateTime date) throws IOException {
    if (date != null) {
      DateTimeFormatter.ISO_LOCAL_DATE_TIME.formatTo(date, out);
    }
    return out;
  }

  @Override
  public void finish() throws IOException {
    out.flush();
  }
}
