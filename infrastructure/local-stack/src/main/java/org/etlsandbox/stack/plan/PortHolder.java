package org.etlsandbox.stack.plan;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Ports of this machine: whether one is free, and who holds it if not. */
public final class PortHolder {

  private static final String LISTENING = "0A";
  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final int HEX = 16;
  private static final int COMMAND_LENGTH = 70;

  private PortHolder() {}

  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // why: as servers do; a port in TIME_WAIT is free
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** A port that was free a moment ago. */
  public static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw StackFailure.failed("There is no free port on 127.0.0.1: " + e.getMessage(), e);
    }
  }

  /**
   * The process that listens on a port, as {@code process 4711 (nginx: master process)}; {@code
   * another process} where {@code /proc} does not tell.
   */
  public static String describe(int port) {
    Set<String> sockets = new HashSet<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      sockets.addAll(listening(Path.of(table), port));
    }
    return ProcessHandle.allProcesses()
        .filter(process -> holds(process.pid(), sockets))
        .findFirst()
        .map(process -> "process %d (%s)".formatted(process.pid(), command(process.pid())))
        .orElse("another process");
  }

  // https://docs.kernel.org/networking/proc_net_tcp.html
  private static Set<String> listening(Path table, int port) {
    Set<String> sockets = new HashSet<>();
    try (Stream<String> lines = Files.lines(table)) {
      lines
          .skip(1)
          .map(line -> line.strip().split("\\s+"))
          .filter(fields -> fields.length > INODE && LISTENING.equals(fields[STATE]))
          .filter(fields -> portOf(fields[LOCAL_ADDRESS]) == port)
          .forEach(fields -> sockets.add("socket:[" + fields[INODE] + "]"));
    } catch (IOException e) {
      return Set.of();
    }
    return sockets;
  }

  private static int portOf(String address) {
    return Integer.parseInt(address.substring(address.indexOf(':') + 1), HEX);
  }

  private static boolean holds(long pid, Set<String> sockets) {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return descriptors
          .map(PortHolder::target)
          .flatMap(Optional::stream)
          .anyMatch(sockets::contains);
    } catch (IOException e) {
      return false;
    }
  }

  private static Optional<String> target(Path link) {
    try {
      return Optional.of(Files.readSymbolicLink(link).toString());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String command(long pid) {
    try {
      byte[] line = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline"));
      String command = new String(line, StandardCharsets.UTF_8).replace('\0', ' ').strip();
      return command.length() <= COMMAND_LENGTH
          ? command
          : command.substring(0, COMMAND_LENGTH) + "…";
    } catch (IOException e) {
      return "of somebody else";
    }
  }
}
