package org.etlsandbox.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A small race with the real engines and the real worker: the ways lead to the same rows. */
class BenchCommandTest {

  @Test
  @ResourceLock(Resources.SYSTEM_OUT)
  void thoseWhoNeedNoShellMeetInTheSameTable(@TempDir Path directory) throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    int code;
    try {
      code =
          new CommandLine(new BenchCommand())
              .execute(
                  "--jupiter=mariadb",
                  "--rentals=20000",
                  "--rounds=1",
                  "--part=load",
                  "--ways=textbook,ours",
                  "--json",
                  "--data-dir=" + directory);
    } finally {
      System.setOut(out);
    }
    JsonNode report = new JsonMapper().readTree(printed.toString(StandardCharsets.UTF_8));
    report = report.path("parts").path("load");
    assertThat(report.path("failures").size()).isZero();
    for (String way : new String[] {"textbook", "ours"}) {
      JsonNode lap = report.path("ways").path(way).path("laps").path(0);
      assertThat(lap.path("rows").asLong()).isGreaterThan(20_000);
      assertThat(lap.path("seconds").asDouble()).isPositive();
      assertThat(lap.path("cpuSeconds").path("client").asDouble()).isPositive();
    }
    assertThat(code).isZero();
  }

  @Test
  void whatItDoesNotKnowIsRefused() {
    for (String wrong :
        new String[] {
          "--ways=ours,fax",
          "--part=load,fly",
          "--rounds=0",
          "--jupiter=oracle",
          "--plot=/nowhere/a.svg"
        }) {
      StringWriter said = new StringWriter();
      int code = new CommandLine(new BenchCommand()).setErr(new PrintWriter(said)).execute(wrong);
      assertThat(code).as(wrong).isEqualTo(2);
      assertThat(said.toString()).contains("choose");
    }
  }
}
