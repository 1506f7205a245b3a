/**
 * Whether the tables of a database are those that this version works with, and who makes them so.
 */
@NullMarked
package org.etlsandbox.schema;

import org.jspecify.annotations.NullMarked;
