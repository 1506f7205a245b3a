/** Finds what polling cannot see: rows that only one side has. */
@NullMarked
package org.etlsandbox.sweep;

import org.jspecify.annotations.NullMarked;
