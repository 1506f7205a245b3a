package org.etlsandbox.engines;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.Properties;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The program of an engine, unpacked once from a jar of the class path into the cache.
 *
 * @param name what it is called in the cache, with its version: {@code postgresql-18.6.0}
 * @param resource an archive ({@code .txz}, {@code .tar.gz}) or a folder of a jar, ending in {@code
 *     /}
 */
record Distribution(String name, String resource) {
  private static final Object ONE_AT_A_TIME = new Object();

  private static final Set<PosixFilePermission> EXECUTABLE =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_EXECUTE);

  /** The version of an engine that this build was made for. */
  static String version(String engine) {
    Properties versions = new Properties();
    try (InputStream in = Distribution.class.getResourceAsStream("versions.properties")) {
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read versions.properties of etl-engines", e);
    }
    return versions.getProperty(engine);
  }

  /** The unpacked program. Safe with several threads and JVMs: one unpacks, the others wait. */
  Path unpacked(Path cacheDirectory) {
    Path target = cacheDirectory.resolve(name);
    if (Files.isDirectory(target)) {
      return target;
    }
    synchronized (ONE_AT_A_TIME) {
      Path lockFile = cacheDirectory.resolve(name + ".lock");
      try {
        Files.createDirectories(cacheDirectory);
        try (FileChannel channel =
                FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.lock()) {
          if (!Files.isDirectory(target) && lock.isValid()) {
            Path partial = cacheDirectory.resolve(name + ".partial");
            Directories.delete(partial);
            unpackInto(Files.createDirectories(partial));
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(
            "Could not unpack %s into %s: %s. Free space there, or set ETL_CACHE to another directory."
                .formatted(name, cacheDirectory, e.getMessage()),
            e);
      }
    }
    return target;
  }

  private void unpackInto(Path directory) throws IOException {
    URL url = Distribution.class.getClassLoader().getResource(resource);
    if (url == null) {
      throw new EngineUnavailableException(
          "%s is not on the class path (resource %s): add the jar that holds it."
              .formatted(name, resource));
    }
    if (resource.endsWith("/")) {
      unpackFolder(url, directory);
    } else {
      try (InputStream in = new BufferedInputStream(url.openStream());
          TarArchiveInputStream tar =
              new TarArchiveInputStream(
                  resource.endsWith(".txz") ? new XZInputStream(in) : new GZIPInputStream(in))) {
        unpackTar(tar, directory);
      }
    }
  }

  private static void unpackTar(TarArchiveInputStream tar, Path directory) throws IOException {
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      Path file = within(directory, entry.getName());
      if (entry.isDirectory()) {
        Files.createDirectories(file);
        continue;
      }
      Files.createDirectories(file.getParent());
      if (entry.isSymbolicLink()) {
        Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      } else {
        Files.copy(tar, file);
        if ((entry.getMode() & 0b001_000_000) != 0) {
          Files.setPosixFilePermissions(file, EXECUTABLE);
        }
      }
    }
  }

  /** A jar keeps no permissions: what lies in {@code bin} and {@code scripts} is executable. */
  private void unpackFolder(URL url, Path directory) throws IOException {
    if (!(url.openConnection() instanceof JarURLConnection connection)) {
      throw new IOException(url + " is not inside a jar");
    }
    try (JarFile jar = new JarFile(connection.getJarFile().getName())) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (entry.isDirectory() || !entry.getName().startsWith(resource)) {
          continue;
        }
        Path file = within(directory, entry.getName().substring(resource.length()));
        Files.createDirectories(file.getParent());
        try (InputStream in = jar.getInputStream(entry)) {
          Files.copy(in, file);
        }
        if (entry.getName().contains("/bin/") || entry.getName().contains("/scripts/")) {
          Files.setPosixFilePermissions(file, EXECUTABLE);
        }
      }
    }
  }

  private static Path within(Path directory, String name) throws IOException {
    Path file = directory.resolve(name).normalize();
    if (!file.startsWith(directory)) {
      throw new IOException("The archive holds a path outside itself: " + name);
    }
    return file;
  }
}
