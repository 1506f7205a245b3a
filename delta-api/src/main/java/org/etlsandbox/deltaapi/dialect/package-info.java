/** Writes tables as CREATE TABLE; one writer a product. */
@NullMarked
package org.etlsandbox.deltaapi.dialect;

import org.jspecify.annotations.NullMarked;
