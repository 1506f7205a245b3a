@NullMarked
package org.etlsandbox.deltaapi.catalogue;

import org.jspecify.annotations.NullMarked;
