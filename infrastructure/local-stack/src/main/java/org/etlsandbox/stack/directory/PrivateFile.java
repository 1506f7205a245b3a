package org.etlsandbox.stack.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;

/** Small files that only their owner can read, and that are there whole or not at all. */
final class PrivateFile {

  private PrivateFile() {}

  static void write(Path file, String text) {
    Path part = file.resolveSibling(file.getFileName() + ".part." + ProcessHandle.current().pid());
    try {
      Files.deleteIfExists(part);
      try (SeekableByteChannel out =
          Files.newByteChannel(
              part,
              EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write %s: %s".formatted(file, e), e);
    }
  }

  static Optional<String> read(Path file) {
    try {
      // why: also where a directory on the way is none
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read %s: %s".formatted(file, e), e);
    }
  }
}
