package org.etlsandbox.betaapi;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
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
    @Parameter(
            description = "The customer's id",
            schema = @Schema(type = "integer", format = "int64", minimum = "0"))
        @Nullable String customerId,
    @Parameter(
            description = "What the name begins with, literally, case as stored",
            schema = @Schema(type = "string", minLength = 1, maxLength = 255))
        @Nullable String customerName,
    @Parameter(
            description = "The whole name, case as stored",
            schema = @Schema(type = "string", minLength = 1, maxLength = 255))
        @Nullable String category,
    @Parameter(
            description = "The film's id",
            schema = @Schema(type = "integer", format = "int64", minimum = "0"))
        @Nullable String filmId,
    @Parameter(
            description = "What the title begins with, literally, case as stored",
            schema = @Schema(type = "string", minLength = 1, maxLength = 255))
        @Nullable String filmTitle,
    @Parameter(
            description = "Least amount",
            schema = @Schema(type = "number", multipleOf = 0.01),
            example = "0.99")
        @Nullable String amountMin,
    @Parameter(
            description = "Greatest amount",
            schema = @Schema(type = "number", multipleOf = 0.01),
            example = "9.99")
        @Nullable String amountMax,
    @Parameter(
            description = "Rented then or later, on Jupiter's wall clock",
            schema = @Schema(type = "string"),
            example = "2005-05-24")
        @Nullable String rentalDateFrom,
    @Parameter(
            description = "Rented before then",
            schema = @Schema(type = "string"),
            example = "2005-05-25T22:53:30")
        @Nullable String rentalDateTo,
    @Parameter(
            description = "true: not yet returned; false: returned",
            schema = @Schema(type = "boolean"))
        @Nullable String open,
    @Parameter(
            description = "true: with the tombstones of what Jupiter no longer has",
            schema = @Schema(type = "boolean"))
        @Nullable String includeDeleted) {}
