package org.etlsandbox.jupiter;

import com.mysql.cj.log.Log;
import com.mysql.cj.protocol.ServerSession;
import com.mysql.cj.protocol.SocketConnection;
import com.mysql.cj.protocol.StandardSocketFactory;
import java.io.Closeable;
import java.io.IOException;
import javax.net.ssl.SSLSocket;
import org.etlsandbox.connection.ServerTrust;

/**
 * Lets {@link ServerTrust} judge the server, which the driver offers no property for. Public with a
 * public constructor because the driver creates it by name.
 */
public final class VerifyingMySqlSocketFactory extends StandardSocketFactory {

  /** A property of ours: the PEM file of authorities, empty for those of the JVM. */
  static final String CA = "etlTlsCa";

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the driver's signature
  public <T extends Closeable> T performTlsHandshake(
      SocketConnection connection, ServerSession session, Log log) throws IOException {
    String ca = connection.getPropertySet().getStringProperty(CA).getValue();
    SSLSocket socket =
        (SSLSocket)
            ServerTrust.context(ca)
                .getSocketFactory()
                .createSocket(rawSocket, connection.getHost(), connection.getPort(), true);
    sslSocket = socket;
    socket.startHandshake();
    return (T) socket;
  }
}
