/** Reads tables out of the catalogues of live databases; one reader a product. */
@NullMarked
package org.etlsandbox.deltaapi.catalogue;

import org.jspecify.annotations.NullMarked;
