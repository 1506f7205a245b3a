package org.etlsandbox.stack.state;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.etlsandbox.connection.SqlServerUrl;
import org.etlsandbox.stack.directory.DataDirectory;
import org.etlsandbox.stack.plan.Address;
import org.etlsandbox.stack.plan.Store;
import org.etlsandbox.stack.state.Connections.Login;

/**
 * Lines for a shell that open a database with its usual client, and the files that hold the
 * passwords for them, so that no password is ever in a line.
 */
public final class ShellAccess {

  private static final String PGPASS = "pgpass";

  // why: what a shell takes literally; anything else is quoted
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private final DataDirectory directory;
  private final Path from;

  /**
   * @param from the directory in which the lines are going to be pasted; paths inside it are
   *     written relative to it
   */
  public ShellAccess(DataDirectory directory, Path from) {
    this.directory = directory;
    this.from = from.toAbsolutePath().normalize();
  }

  /** Writes the files that the lines name. */
  public void writeFiles(Connections connections) {
    StringBuilder passwords = new StringBuilder();
    for (var entry : connections.logins().entrySet()) {
      Login login = entry.getValue();
      Address.of(login.url())
          .ifPresent(address -> {
            switch (address.scheme()) {
              case "postgresql" -> passwords.append(pgpass(address, login));
              case "mysql" ->
                  directory.writeRunFile(optionFile(entry.getKey()), cnf(address, login));
              case "sqlserver" -> {
                // why: sqlcmd reads no file with passwords, it asks
              }
              default -> directory.writeRunFile(curlFile(entry.getKey()), curl(address, login));
            }
          });
    }
    directory.writeRunFile(PGPASS, passwords.toString());
  }

  // https://www.postgresql.org/docs/current/libpq-pgpass.html
  private static String pgpass(Address address, Login login) {
    return "%s:%d:*:%s:%s%n"
        .formatted(
            address.host(),
            address.port(),
            escapePgpass(login.username()),
            escapePgpass(login.password()));
  }

  private static String escapePgpass(String text) {
    return text.replace("\\", "\\\\").replace(":", "\\:");
  }

  // https://mariadb.com/kb/en/configuring-mariadb-with-option-files/
  private static String cnf(Address address, Login login) {
    return """
    [client]
    host=%s
    port=%d
    protocol=tcp
    user="%s"
    password="%s"
    [client-mariadb]
    # Newer clients insist on TLS, which a server on 127.0.0.1 can do without
    skip-ssl-verify-server-cert
    """
        .formatted(
            address.host(), address.port(), escape(login.username()), escape(login.password()));
  }

  // https://curl.se/docs/manpage.html#-K
  private static String curl(Address address, Login login) {
    return """
    url = "%s://%s:%d/?database=%s"
    user = "%s:%s"
    silent
    show-error
    """
        .formatted(
            address.scheme(),
            address.host(),
            address.port(),
            address.database(),
            escape(login.username()),
            escape(login.password()));
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static String optionFile(Store store) {
    return store.key() + ".cnf";
  }

  private static String curlFile(Store store) {
    return store.key() + ".curl";
  }

  /**
   * Opens the database, or with curl, which has no prompt, asks it something; empty if its URL
   * names no single server.
   */
  public Optional<String> open(Store store, Login login) {
    return client(store, login)
        .map(line -> line.startsWith("curl") ? line + " --data-binary 'SHOW TABLES'" : line);
  }

  private Optional<String> client(Store store, Login login) {
    return Address.of(login.url())
        .map(address ->
            switch (address.scheme()) {
              case "postgresql" ->
                  "PGPASSFILE=%s psql -h %s -p %d -U %s %s"
                      .formatted(
                          file(PGPASS),
                          address.host(),
                          address.port(),
                          quote(login.username()),
                          quote(address.database()));
              case "mysql" ->
                  "mariadb --defaults-extra-file=%s %s"
                      .formatted(file(optionFile(store)), quote(address.database()));
              case "sqlserver" -> sqlcmd(address, login);
              default -> "curl -K %s".formatted(file(curlFile(store)));
            });
  }

  /**
   * Asks for the password, where there is a user.
   *
   * @see <a href="https://learn.microsoft.com/sql/tools/sqlcmd/sqlcmd-utility">sqlcmd</a>
   */
  private static String sqlcmd(Address address, Login login) {
    SqlServerUrl url = SqlServerUrl.of(login.url());
    String server = address.port() == 0 ? address.host() : address.host() + "," + address.port();
    StringBuilder line =
        new StringBuilder("sqlcmd -S %s -d %s".formatted(quote(server), quote(address.database())));
    String user = login.username().isEmpty() ? url.property("user").orElse("") : login.username();
    if (!user.isEmpty()) {
      line.append(" -U ").append(quote(user));
    }
    // why: it encrypts and verifies as the driver does, unless told otherwise in the same way
    String encrypt = url.property("encrypt").orElse("true").toLowerCase(Locale.ROOT);
    switch (encrypt) {
      case "false", "no", "optional" -> line.append(" -No");
      case "strict" -> line.append(" -Ns");
      default -> {
        if (url.property("trustServerCertificate").map(Boolean::parseBoolean).orElse(false)) {
          line.append(" -C");
        }
      }
    }
    return line.toString();
  }

  /** Runs one statement in the database. */
  public Optional<String> run(Store store, Login login, String sql) {
    return client(store, login)
        .map(line -> {
          String option =
              switch (line.substring(0, line.indexOf(' '))) {
                case "curl" -> "--data-binary";
                case "sqlcmd" -> "-Q";
                case "mariadb" -> "-e";
                default -> "-c";
              };
          return "%s %s \"%s\"".formatted(line, option, sql);
        });
  }

  private String file(String name) {
    return quote(shortened(directory.run().resolve(name)).toString());
  }

  /** A path as it is written from where the lines are pasted. */
  public Path shortened(Path path) {
    return path.startsWith(from) ? from.relativize(path) : path;
  }

  /** A word that a shell takes as it is meant. */
  public static String quote(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
