@NullMarked
package org.etlsandbox.deltaapi;

import org.jspecify.annotations.NullMarked;
