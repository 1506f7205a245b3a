package org.etlsandbox.stack.doctor;

import java.util.List;

/** Where findings go as they are made. */
interface Report {
  void begin();

  void add(Finding finding);

  void end(List<Finding> all);
}
