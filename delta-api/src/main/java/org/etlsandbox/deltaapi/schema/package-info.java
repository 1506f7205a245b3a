/** What a table is, whatever the product that holds it. */
@NullMarked
package org.etlsandbox.deltaapi.schema;

import org.jspecify.annotations.NullMarked;
