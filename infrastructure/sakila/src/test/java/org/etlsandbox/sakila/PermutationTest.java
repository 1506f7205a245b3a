package org.etlsandbox.sakila;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermutationTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 16, 17, 1000, 65_536, 100_003})
  void everyPlaceIsTakenOnce(int size) {
    Permutation permutation = new Permutation(size, 42);
    BitSet taken = new BitSet(size);
    for (int i = 0; i < size; i++) {
      taken.set((int) permutation.at(i));
    }
    assertThat(taken.cardinality()).isEqualTo(size);
    assertThat(taken.length()).isEqualTo(size);
  }
}
