package org.etlsandbox.deltaapi.schema;

/**
 * Why a column cannot be written down for another product.
 *
 * @param type the type as its own product declares it
 * @param reason a sentence
 */
public record Refusal(String column, String type, String reason) {}
