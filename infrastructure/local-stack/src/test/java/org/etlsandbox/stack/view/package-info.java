@NullMarked
package org.etlsandbox.stack.view;

import org.jspecify.annotations.NullMarked;
