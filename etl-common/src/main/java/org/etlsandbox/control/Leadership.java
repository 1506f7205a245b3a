package org.etlsandbox.control;

import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;

/** Keeps a leader who has slept from recording what is another one's affair by now. */
final class Leadership {

  private Leadership() {}

  /**
   * Returns when no later leadership has been drawn, and keeps one from being drawn until the
   * transaction ends. To be called inside of it.
   *
   * @throws StoreException of kind {@code FENCED} when another leader has followed
   */
  static void ensureLatest(ControlDatabase control, String worker, long epoch) {
    long latest =
        control
            .jdbc()
            .sql("SELECT epoch FROM worker WHERE name = ? FOR SHARE")
            .param(worker)
            .query(Long.class)
            .optional()
            .orElse(0L);
    if (latest != epoch) {
      throw new StoreException(
          Kind.FENCED,
          "%s: leader %d records nothing, the latest one is %d".formatted(worker, epoch, latest));
    }
  }
}
