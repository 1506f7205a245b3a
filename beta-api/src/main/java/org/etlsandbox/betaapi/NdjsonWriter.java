package org.etlsandbox.betaapi;

import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.io.SerializedString;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SequenceWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON object a line, each the same as in the other answers.
 *
 * @see <a href="https://github.com/ndjson/ndjson-spec">NDJSON</a>
 */
final class NdjsonWriter implements FlatWriter {

  private static final byte[] END = {'\n'};

  private final OutputStream out;
  private final SequenceWriter lines;
  private boolean empty = true;

  NdjsonWriter(JsonMapper json, OutputStream out) {
    this.out = out;
    ObjectWriter writer =
        json.writerFor(FlatResponse.class)
            .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
            .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .withRootValueSeparator(new SerializedString("\n"));
    this.lines = writer.writeValues(out);
  }

  @Override
  public void write(FlatResponse row) {
    lines.write(row);
    empty = false;
  }

  @Override
  public void finish() throws IOException {
    lines.flush();
    if (!empty) {
      out.write(END);
    }
  }
}
