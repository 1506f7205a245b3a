package org.etlsandbox.betaapi;

import java.io.IOException;

/** Writes flats one after the other. */
interface FlatWriter {

  void write(FlatResponse row) throws IOException;

  /** Writes what is still held back. The stream stays open. */
  void finish() throws IOException;
}
