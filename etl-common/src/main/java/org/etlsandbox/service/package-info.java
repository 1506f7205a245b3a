/** What workers and APIs share as services: how they start, how they report errors and health. */
@NullMarked
package org.etlsandbox.service;

import org.jspecify.annotations.NullMarked;
