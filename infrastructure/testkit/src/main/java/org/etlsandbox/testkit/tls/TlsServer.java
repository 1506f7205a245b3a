package org.etlsandbox.testkit.tls;

import java.io.IOException;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.testkit.tls.TestCertificates.Identity;

/** A real server with TLS, whose certificate a test may change. */
public interface TlsServer extends AutoCloseable {

  /** Product and version: {@code PostgreSQL 18.6 (embedded)}. */
  String engine();

  /** Shows another certificate from the next connection on. */
  void show(Identity identity) throws IOException;

  /** On 127.0.0.1, encrypted and verified with the authorities of the JVM. */
  ConnectionSettings settings();

  /** The same kind of server without TLS. */
  ConnectionSettings withoutTls();

  /** What the product under test makes of these settings. */
  Client open(ConnectionSettings settings);

  /** Connects when it is checked, and keeps that connection until it is closed. */
  interface Client extends AutoCloseable {
    void check();

    @Override
    void close();
  }

  /**
   * How many of the sessions that the adapter holds the server itself calls encrypted, and how many
   * not.
   */
  Sessions sessions();

  /** What a server says of its sessions. */
  record Sessions(int encrypted, int plain) {}

  @Override
  void close();
}
