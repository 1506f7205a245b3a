package org.etlsandbox.clickhouse;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.etlsandbox.flat.FlatRow;

/**
 * Rows of {@code customer_order_flat} as one block in ClickHouse's Native format: column by column,
 * as the server itself keeps them, so it takes them as they are. For one thread.
 *
 * @see <a href="https://clickhouse.com/docs/interfaces/formats/Native">Native</a>
 */
final class FlatBlock {

  private static final int FEW_ROWS = 256;

  private final RowBuffer rentalId = new RowBuffer(FEW_ROWS);
  private final RowBuffer paymentId = new RowBuffer(FEW_ROWS);
  private final RowBuffer categoryId = new RowBuffer(FEW_ROWS);
  private final RowBuffer customerId = new RowBuffer(FEW_ROWS);
  private final RowBuffer customerName = new RowBuffer(FEW_ROWS);
  private final RowBuffer filmId = new RowBuffer(FEW_ROWS);
  private final RowBuffer filmTitle = new RowBuffer(FEW_ROWS);
  private final RowBuffer category = new RowBuffer(FEW_ROWS);
  private final RowBuffer amount = new RowBuffer(FEW_ROWS);
  private final RowBuffer rentalDate = new RowBuffer(FEW_ROWS);
  private final RowBuffer notReturned = new RowBuffer(FEW_ROWS);
  private final RowBuffer returnDate = new RowBuffer(FEW_ROWS);
  private final RowBuffer rowVersion = new RowBuffer(FEW_ROWS);
  private final RowBuffer isDeleted = new RowBuffer(FEW_ROWS);

  /** What each of {@link FlatFormat#COLUMNS} consists of: a Nullable has its marks before it. */
  private final List<List<RowBuffer>> columns =
      List.of(
          List.of(rentalId),
          List.of(paymentId),
          List.of(categoryId),
          List.of(customerId),
          List.of(customerName),
          List.of(filmId),
          List.of(filmTitle),
          List.of(category),
          List.of(amount),
          List.of(rentalDate),
          List.of(notReturned, returnDate),
          List.of(rowVersion),
          List.of(isDeleted));

  private int rows;

  int rows() {
    return rows;
  }

  FlatBlock live(FlatRow row, long version) {
    key(row.rentalId(), row.paymentId(), row.categoryId());
    customerId.uint32(row.customerId());
    customerName.text(row.customerNameText().utf8());
    filmId.uint32(row.filmId());
    filmTitle.text(row.filmTitleText().utf8());
    category.text(row.categoryText().utf8());
    amount.int64(row.amountCents());
    dates(row.rentalSecond(), row.returnSecond());
    own(version, 0);
    return this;
  }

  /**
   * @param stored stands before a row's first column, afterwards before its {@code row_version}
   */
  void tombstone(RowReader stored, long version) {
    key(stored.uint32(), stored.uint32(), stored.uint32());
    customerId.uint32(stored.uint32());
    customerName.text(stored.utf8());
    filmId.uint32(stored.uint32());
    filmTitle.text(stored.utf8());
    category.text(stored.utf8());
    amount.int64(stored.int64());
    dates(stored.int64(), FlatFormat.readNullableSecond(stored));
    own(version, 1);
  }

  private void key(long rental, long payment, long ofCategory) {
    rentalId.uint32(rental);
    paymentId.uint32(payment);
    categoryId.uint32(ofCategory);
  }

  private void dates(long rented, long returned) {
    rentalDate.int64(rented);
    boolean isNull = returned == FlatRow.NOT_RETURNED;
    notReturned.uint8(isNull ? 1 : 0);
    returnDate.int64(isNull ? 0 : returned);
  }

  private void own(long version, int deleted) {
    rowVersion.int64(version);
    isDeleted.uint8(deleted);
    rows++;
  }

  void writeTo(OutputStream out) throws IOException {
    new RowBuffer(16).length(columns.size()).length(rows).writeTo(out);
    for (int i = 0; i < columns.size(); i++) {
      FlatFormat.Column column = FlatFormat.COLUMNS.get(i);
      new RowBuffer(64).text(column.name()).text(column.type()).writeTo(out);
      for (RowBuffer values : columns.get(i)) {
        values.writeTo(out);
      }
    }
  }
}
