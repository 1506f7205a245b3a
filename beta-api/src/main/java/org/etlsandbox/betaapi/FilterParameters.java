package org.etlsandbox.betaapi;

import org.jspecify.annotations.Nullable;

/**
 * Which flats are asked for, as given. All that are given must hold.
 *
 * @param customerId the customer's id
 * @param customerName what the customer's name begins with, literally, case and accents as stored
 * @param category the whole name of a category, case as stored
 * @param filmId the film's id
 * @param filmTitle what the film's title begins with, literally, case as stored
 * @param amountMin least amount
 * @param amountMax greatest amount
 * @param rentalDateFrom the rental was made then or later
 * @param rentalDateTo the rental was made before then
 * @param open true: not yet returned; false: returned
 * @param includeDeleted true: with the tombstones of what Jupiter no longer has
 */
record FilterParameters(
    @Nullable String customerId,
    @Nullable String customerName,
    @Nullable String category,
    @Nullable String filmId,
    @Nullable String filmTitle,
    @Nullable String amountMin,
    @Nullable String amountMax,
    @Nullable String rentalDateFrom,
    @Nullable String rentalDateTo,
    @Nullable String open,
    @Nullable String includeDeleted) {}
