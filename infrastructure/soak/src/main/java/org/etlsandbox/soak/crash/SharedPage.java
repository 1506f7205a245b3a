package org.etlsandbox.soak.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.etlsandbox.boundary.Boundary;
import org.jspecify.annotations.Nullable;

/**
 * A page of memory that the harness shares with one worker process, through a file. It outlives the
 * process: what a killed one did last is read from it afterwards.
 */
final class SharedPage {

  /** Both sides write words; each word has one writer at a time. */
  private static final int SIZE = 4096;

  private static final int PHASE = 0;
  private static final int BOUNDARY = 4;
  private static final int COUNT = 8;
  private static final int ARMED = 12;
  private static final int ARMED_PHASE = 16;
  private static final int ARMED_BOUNDARY = 20;
  private static final int HALTED = 24;

  private final MappedByteBuffer page;

  private SharedPage(MappedByteBuffer page) {
    this.page = page;
  }

  static SharedPage open(Path file) {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
      return new SharedPage(channel.map(MapMode.READ_WRITE, 0, SIZE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // The worker's side

  /** Notes the boundary; true where the calling thread is to halt. */
  synchronized boolean note(Boundary boundary) {
    Phase begun = Phase.begunBy(boundary);
    if (begun != null) {
      page.putInt(PHASE, begun.ordinal());
    }
    page.putInt(BOUNDARY, boundary.ordinal() + 1);
    page.putInt(COUNT, page.getInt(COUNT) + 1);
    if (page.getInt(ARMED) == 1
        && page.getInt(ARMED_PHASE) == page.getInt(PHASE)
        && page.getInt(ARMED_BOUNDARY) == boundary.ordinal()) {
      page.putInt(ARMED, 0);
      page.putInt(HALTED, 1);
      return true;
    }
    return false;
  }

  // The harness's side

  void arm(StopPoint point) {
    page.putInt(ARMED_PHASE, point.phase().ordinal());
    page.putInt(ARMED_BOUNDARY, point.boundary().ordinal());
    page.putInt(ARMED, 1);
  }

  void disarm() {
    page.putInt(ARMED, 0);
  }

  /** Lets the halted thread go on. */
  void release() {
    page.putInt(HALTED, 0);
  }

  boolean halted() {
    return page.getInt(HALTED) == 1;
  }

  Phase phase() {
    return Phase.values()[page.getInt(PHASE)];
  }

  /** The last boundary that was reached, or null before the first. */
  @Nullable Boundary boundary() {
    int number = page.getInt(BOUNDARY);
    return number == 0 ? null : Boundary.values()[number - 1];
  }

  /** How many boundaries were reached. */
  int count() {
    return page.getInt(COUNT);
  }

  /** Phase and boundary, as a person reads them. */
  String position() {
    Boundary boundary = boundary();
    return boundary == null ? "launch" : new StopPoint(phase(), boundary).toString();
  }
}
