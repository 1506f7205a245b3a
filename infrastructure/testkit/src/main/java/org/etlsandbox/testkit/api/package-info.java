/** Rules for APIs that describe themselves by OpenAPI. */
@NullMarked
package org.etlsandbox.testkit.api;

import org.jspecify.annotations.NullMarked;
