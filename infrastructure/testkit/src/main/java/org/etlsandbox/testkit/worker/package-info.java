/** What every worker must do, on real engines from end to end. */
@NullMarked
package org.etlsandbox.testkit.worker;

import org.jspecify.annotations.NullMarked;
