package org.etlsandbox.deltaapi;

import java.util.List;

/** What can be given as SQL alone. */
interface SqlAnswer {

  String sql();

  /** What whoever runs the SQL should know, a sentence each. */
  List<String> notes();
}
