/** Gives out table definitions over HTTP. */
@NullMarked
package org.etlsandbox.deltaapi;

import org.jspecify.annotations.NullMarked;
