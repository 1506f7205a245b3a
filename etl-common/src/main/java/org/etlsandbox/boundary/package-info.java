/** The named moments of a worker's cycle, at which a test may stop it. */
@NullMarked
package org.etlsandbox.boundary;

import org.jspecify.annotations.NullMarked;
