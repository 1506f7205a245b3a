package org.etlsandbox.stack.directory;

import java.security.SecureRandom;
import java.util.Map;
import java.util.TreeMap;

/**
 * The passwords of the embedded engines and the secret that opens the services' meters: random,
 * made once per data directory.
 */
public final class Secrets {

  private static final String FILE = "secrets.json";

  // why: letters and digits only, so that a password needs no escaping in any file or shell
  private static final String ALPHABET =
      "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
  private static final int LENGTH = 24;

  private final DataDirectory directory;
  private final Map<String, String> passwords;

  private Secrets(DataDirectory directory, Map<String, String> passwords) {
    this.directory = directory;
    this.passwords = passwords;
  }

  /** The passwords of a data directory that has been made. */
  public static Secrets of(DataDirectory directory) {
    Map<String, String> passwords = new TreeMap<>();
    PrivateFile.read(directory.root().resolve(FILE))
        .ifPresent(text ->
            Json.read(text, Map.class)
                .forEach((name, value) -> passwords.put(name.toString(), value.toString())));
    return new Secrets(directory, passwords);
  }

  /** The secret with which the meters of all services can be read. */
  public String scrapeToken() {
    return password("scrape");
  }

  /** The password of an engine; made and kept when asked for the first time. */
  public synchronized String password(String engine) {
    String known = passwords.get(engine);
    if (known != null) {
      return known;
    }
    String made = random();
    passwords.put(engine, made);
    PrivateFile.write(directory.root().resolve(FILE), Json.write(passwords));
    return made;
  }

  private static String random() {
    return new SecureRandom()
        .ints(LENGTH, 0, ALPHABET.length())
        .mapToObj(ALPHABET::charAt)
        .collect(
            StringBuilder::new,
            (text, letter) -> text.append(letter.charValue()),
            StringBuilder::append)
        .toString();
  }
}
