/** What the running stack says about itself: the supervisor's file and the workers' status. */
@NullMarked
package org.etlsandbox.stack.state;

import org.jspecify.annotations.NullMarked;
