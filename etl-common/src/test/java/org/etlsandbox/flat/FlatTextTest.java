package org.etlsandbox.flat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FlatTextTest {

  @Test
  void aFlawIsNamedWithItsPlace() {
    assertThat(FlatText.of("sound 🎬").flaw()).isNull();
    assertThat(FlatText.of("ab\u0000").flaw()).isEqualTo("a NUL (U+0000) at position 2");
    assertThat(FlatText.of("a\uD83Cb").flaw()).contains("U+D83C", "position 1");
    assertThat(FlatText.of("\uDFACa").flaw()).contains("U+DFAC", "position 0");
    assertThat(FlatText.of("a\uD83C").flaw()).contains("U+D83C", "position 1");
  }

  @Test
  void aTextIsGivenBackAndInUtf8() {
    FlatText text = FlatText.of("Ñandú 李 🎬");
    assertThat(text).hasToString("Ñandú 李 🎬");
    assertThat(text.utf8()).isEqualTo("Ñandú 李 🎬".getBytes(StandardCharsets.UTF_8));
  }
}
