package org.etlsandbox.stack.directory;

import org.etlsandbox.stack.plan.JupiterKind;

/**
 * What was decided when a data directory was made and cannot change without starting over.
 *
 * @param layout version of the directory's layout
 */
public record StackRecord(int layout, long rentals, long seed, JupiterKind jupiter) {

  /** Counts up whenever what lies in a data directory changes in a way that older ones lack. */
  public static final int LAYOUT = 1;
}
