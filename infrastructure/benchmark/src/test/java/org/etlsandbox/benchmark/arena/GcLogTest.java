package org.etlsandbox.benchmark.arena;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GcLogTest {

  @Test
  void thePeakIsWhatWasInUseBeforeTheFullestCollection() {
    long peak =
        GcLog.peak(
            List.of(
                "[0.012s][info][gc] Using Serial",
                "[1.034s][info][gc] GC(0) Pause Young (Allocation Failure) 68M->5M(247M) 7.211ms",
                "[2.034s][info][gc] GC(1) Pause Young (Allocation Failure) 199M->80M(247M) 9.1ms",
                "[2.934s][info][gc] GC(2) Pause Full (Metadata GC Threshold) 90M->7M(247M) 12ms"));
    assertThat(peak).isEqualTo(199L * 1024 * 1024);
  }

  @Test
  void withoutACollectionThereIsNone() {
    assertThat(GcLog.peak(List.of("[0.012s][info][gc] Using G1"))).isZero();
  }
}
