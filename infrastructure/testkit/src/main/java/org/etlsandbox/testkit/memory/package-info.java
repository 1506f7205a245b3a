/** The reference: a source and a destination in plain collections that pass the contracts first. */
@NullMarked
package org.etlsandbox.testkit.memory;

import org.jspecify.annotations.NullMarked;
