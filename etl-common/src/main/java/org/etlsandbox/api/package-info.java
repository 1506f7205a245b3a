/** What the APIs have in common: versions, their description, which parameters they know. */
@NullMarked
package org.etlsandbox.api;

import org.jspecify.annotations.NullMarked;
