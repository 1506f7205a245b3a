package org.etlsandbox.sqlserver;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Many ids as one parameter, for {@code OPENJSON}: a statement takes 2,100 parameters at most. */
final class IdList {

  private IdList() {}

  static String json(long[] ids) {
    return Arrays.stream(ids).mapToObj(Long::toString).collect(Collectors.joining(",", "[", "]"));
  }
}
