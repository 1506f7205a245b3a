/**
 * Kills and pauses real worker processes, at named boundaries or at any moment, and compares every
 * row afterwards.
 */
@NullMarked
package org.etlsandbox.soak.crash;

import org.jspecify.annotations.NullMarked;
