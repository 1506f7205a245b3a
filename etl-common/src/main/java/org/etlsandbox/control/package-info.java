/** What the workers must not forget: bindings, versions, watermarks and the ledger of runs. */
@NullMarked
package org.etlsandbox.control;

import org.jspecify.annotations.NullMarked;
