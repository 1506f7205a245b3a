@NullMarked
package org.etlsandbox.soak.commits;

import org.jspecify.annotations.NullMarked;
