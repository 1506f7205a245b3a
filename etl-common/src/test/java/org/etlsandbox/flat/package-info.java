/** What a scope contains and shares. */
@NullMarked
package org.etlsandbox.flat;

import org.jspecify.annotations.NullMarked;
