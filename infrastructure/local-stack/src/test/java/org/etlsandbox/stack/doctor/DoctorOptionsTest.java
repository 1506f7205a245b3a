package org.etlsandbox.stack.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorOptionsTest {

  private static final Path DEFAULT = Path.of("/repository/.etl");

  @Test
  void withoutArgumentsEverythingIsAsUpWouldHaveIt() throws Exception {
    assertThat(DoctorOptions.parse(List.of(), DEFAULT))
        .isEqualTo(new DoctorOptions(false, DEFAULT, 8080));
  }

  @Test
  void valuesComeAfterABlankOrAnEqualsSign() throws Exception {
    assertThat(
            DoctorOptions.parse(
                List.of("--json", "--data-dir=/data/etl", "--port-base", "18081"), DEFAULT))
        .isEqualTo(new DoctorOptions(true, Path.of("/data/etl"), 18081));
  }

  @Test
  void aRelativeDirectoryIsRelativeToTheCaller() throws Exception {
    assertThat(DoctorOptions.parse(List.of("--data-dir", "here"), DEFAULT).dataDir())
        .isEqualTo(Path.of("here").toAbsolutePath());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --fast            | doctor does not know '--fast'
          --json=yes        | --json takes no value, not '--json=yes'
          --port-base       | --port-base needs a value
          --port-base=80    | --port-base is '80', but must be a number from 1024 to 64000
          --port-base=64001 | --port-base is '64001'
          --port-base=x     | --port-base is 'x'
          --data-dir=       | --data-dir is ''
          """)
  void wrongUsageIsNamedWithTheActualValue(String argument, String message) {
    assertThatThrownBy(() -> DoctorOptions.parse(List.of(argument), DEFAULT))
        .isInstanceOf(DoctorOptions.UsageException.class)
        .hasMessageContaining(message);
  }
}
