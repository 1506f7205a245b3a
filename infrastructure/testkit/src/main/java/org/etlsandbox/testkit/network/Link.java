package org.etlsandbox.testkit.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A TCP connection to a database that can be refused, cut, stalled and slowed down. */
public final class Link implements AutoCloseable {

  private static final Pattern HOST_AND_PORT = Pattern.compile("//([^:/;?]+):(\\d+)");
  private static final long NEVER = Long.MAX_VALUE;
  private static final long LATENCY_MILLIS = 50;

  /** What becomes of what is sent. */
  private enum Mode {
    PASS,
    /** Connections stay open, new ones are accepted, and nothing is read or answered. */
    STALL,
    /** Everything arrives late. */
    SLOW
  }

  private final String url;
  private final InetSocketAddress server;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong bytesUntilCut = new AtomicLong(NEVER);
  private final AtomicInteger cuts = new AtomicInteger();
  private volatile Mode mode = Mode.PASS;
  private volatile ServerSocket listening;

  /**
   * @param url a JDBC URL with host and port
   */
  public Link(String url) {
    this.url = url;
    Matcher address = HOST_AND_PORT.matcher(url);
    if (!address.find()) {
      throw new IllegalArgumentException("No host:port in the URL of the database");
    }
    server = new InetSocketAddress(address.group(1), Integer.parseInt(address.group(2)));
    listening = listen(0);
    port = listening.getLocalPort();
  }

  /** The URL of the same database, through this link. */
  public String url() {
    return HOST_AND_PORT.matcher(url).replaceFirst("//127.0.0.1:" + port);
  }

  /** Ends all connections and refuses new ones. */
  public void refuse() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cutAll();
  }

  public void stall() {
    mode = Mode.STALL;
  }

  public void slow() {
    mode = Mode.SLOW;
  }

  /** Cuts all connections once, after so many bytes have gone over them, in either direction. */
  public void cutAfter(long bytes) {
    bytesUntilCut.set(bytes);
  }

  /** How often {@link #cutAfter} has cut. */
  public int cuts() {
    return cuts.get();
  }

  /** Everything passes again; what was stalled goes on. */
  public void heal() {
    bytesUntilCut.set(NEVER);
    mode = Mode.PASS;
    if (listening.isClosed()) {
      listening = listen(port);
    }
  }

  private ServerSocket listen(int wanted) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 200);
      Thread.ofVirtual().name("link-accept").start(() -> accept(socket));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        open.add(client);
        Thread.ofVirtual().name("link-connect").start(() -> connect(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void connect(Socket client) {
    Socket upstream = new Socket();
    open.add(upstream);
    try {
      upstream.connect(server, 5_000);
      Thread.ofVirtual().name("link-answers").start(() -> pump(upstream, client));
      pump(client, upstream);
    } catch (IOException unreachable) {
      close(client);
      close(upstream);
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] bytes = new byte[8_192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      while (true) {
        awaitMovement();
        int count = in.read(bytes);
        if (count < 0) {
          return;
        }
        awaitMovement(); // the mode may have changed while it waited for something to read
        if (mode == Mode.SLOW) {
          Thread.sleep(LATENCY_MILLIS);
        }
        if (bytesUntilCut.get() != NEVER && bytesUntilCut.addAndGet(-count) <= 0) {
          bytesUntilCut.set(NEVER);
          cuts.incrementAndGet();
          cutAll();
          return;
        }
        out.write(bytes, 0, count);
        out.flush();
      }
    } catch (IOException broken) {
      // Both ends are closed by now
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private void awaitMovement() throws InterruptedException {
    while (mode == Mode.STALL) {
      Thread.sleep(20);
    }
  }

  private void cutAll() {
    open.forEach(Link::close);
    open.clear();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more
    }
  }

  @Override
  public void close() {
    refuse();
    mode = Mode.PASS; // lets the waiting threads end
  }
}
