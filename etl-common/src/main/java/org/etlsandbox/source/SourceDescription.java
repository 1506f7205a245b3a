package org.etlsandbox.source;

import java.util.List;
import java.util.Set;

/**
 * What a source says of itself.
 *
 * @param engine product and version as the server tells them
 * @param identity stays the same across restarts and differs from every other source
 * @param indexed the tables with an index that leads with {@code last_update}; the others are read
 *     whole, at longer intervals
 * @param observesTransactions whether open transactions can be seen; otherwise the commit lag rules
 * @param hints what would make polling better, each ready to be run or shown
 */
public record SourceDescription(
    String engine,
    String identity,
    Set<SourceTable> indexed,
    boolean observesTransactions,
    List<String> hints) {

  public SourceDescription {
    indexed = Set.copyOf(indexed);
    hints = List.copyOf(hints);
  }
}
