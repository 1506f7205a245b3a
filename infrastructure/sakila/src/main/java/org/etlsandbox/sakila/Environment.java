package org.etlsandbox.sakila;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Settings of a container: values in variables, secrets in files that variables name. */
public record Environment(Map<String, String> variables) {

  /** That of this process. */
  public static Environment ofProcess() {
    return new Environment(System.getenv());
  }

  public Optional<String> find(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  /**
   * @throws IllegalStateException if it is not set
   */
  public String get(String name) {
    return find(name).orElseThrow(() -> new IllegalStateException(name + " is not set."));
  }

  /**
   * What is in the file that a variable names, without the blanks around it.
   *
   * @throws IllegalStateException if the variable is not set
   */
  public String secret(String name) {
    try {
      return Files.readString(Path.of(get(name))).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " names a file that cannot be read", e);
    }
  }
}
