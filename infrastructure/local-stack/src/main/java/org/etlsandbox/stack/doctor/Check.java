package org.etlsandbox.stack.doctor;

import java.util.List;

/** Looks at one thing and tells what it saw; whatever it meets is a finding, never an exception. */
interface Check {
  List<Finding> run();
}
