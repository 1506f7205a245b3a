package org.etlsandbox.sakila;

import java.util.ArrayList;
import java.util.List;

/** What a shop does, and how often: {@code cards} times in a deck of about 250. */
enum Operation {
  RENT(60, false, RentalDesk::rent),
  RETURN(40, false, RentalDesk::giveBack),
  PAY_AGAIN(16, false, RentalDesk::payAgain),
  CORRECT_AMOUNT(40, false, RentalDesk::correctAmount),
  CORRECT_AMOUNT_AGAIN(0, false, RentalDesk::correctAmountAgain),
  CORRECT_RETURN(8, false, RentalDesk::correctReturn),
  MOVE_PAYMENT(12, false, RentalDesk::movePayment),
  DETACH_PAYMENT(2, false, RentalDesk::detachPayment),
  REASSIGN_RENTAL(8, false, RentalDesk::reassignRental),
  RENAME_CUSTOMER(14, false, BackOffice::renameCustomer),
  RENAME_FILM(10, false, BackOffice::renameFilm),
  // Touches a sixteenth of all rentals.
  RENAME_CATEGORY(1, false, BackOffice::renameCategory),
  GAIN_CATEGORY(6, false, BackOffice::gainCategory),
  MOVE_INVENTORY(6, false, BackOffice::moveInventory),
  NEW_CUSTOMER(2, false, BackOffice::newCustomer),
  NEW_FILM(2, false, BackOffice::newFilm),
  CHANGE_BESIDES(6, false, BackOffice::changeBesides),

  DELETE_PAYMENT(8, true, Clearance::deletePayment),
  DELETE_RENTAL_WITH_PAYMENTS(4, true, Clearance::deleteRentalWithPayments),
  DELETE_RENTAL_ALONE(4, true, Clearance::deleteRentalAlone),
  DELETE_INVENTORY(2, true, Clearance::deleteInventory),
  DELETE_CUSTOMER(1, true, Clearance::deleteCustomer),
  DELETE_FILM(1, true, Clearance::deleteFilm),
  LOSE_CATEGORY(6, true, Clearance::loseCategory),
  SWITCH_CATEGORY(6, true, Clearance::switchCategory),
  DELETE_CATEGORY(1, true, Clearance::deleteCategory),
  REVIVE_CATEGORY(1, true, Clearance::reviveCategory);

  private final int cards;
  private final boolean invisibleToPolling;
  private final ShopTransaction.Work work;

  Operation(int cards, boolean invisibleToPolling, ShopTransaction.Work work) {
    this.cards = cards;
    this.invisibleToPolling = invisibleToPolling;
    this.work = work;
  }

  ShopTransaction.Work work() {
    return work;
  }

  /** Each operation as often as it has cards; without deletes only what polling can see. */
  static List<Operation> cards(boolean deletes) {
    List<Operation> all = new ArrayList<>();
    for (Operation operation : values()) {
      if (deletes || !operation.invisibleToPolling) {
        for (int i = 0; i < operation.cards; i++) {
          all.add(operation);
        }
      }
    }
    return all;
  }
}
