package org.etlsandbox.testkit.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Two authorities and certificates of servers, made by the JDK's keytool in a directory of the
 * test; the keys are worth nothing elsewhere and are never committed.
 */
public final class TestCertificates {

  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private final Path directory;
  private final Path store;
  private final String password = UUID.randomUUID().toString();

  /**
   * What a server shows.
   *
   * @param certificate PEM
   * @param key PEM, PKCS 8, not encrypted
   */
  public record Identity(Path certificate, Path key) {

    /** Puts both where a server reads them; only its owner can read the key. */
    public void copyTo(Identity target) throws IOException {
      Files.copy(certificate, target.certificate, StandardCopyOption.REPLACE_EXISTING);
      Files.copy(key, target.key, StandardCopyOption.REPLACE_EXISTING);
      Files.setPosixFilePermissions(target.key, PosixFilePermissions.fromString("rw-------"));
    }
  }

  /**
   * @param directory existing, of the test alone
   */
  public TestCertificates(Path directory) {
    this.directory = directory;
    this.store = directory.resolve("store.p12");
    authority("ca", "CN=Authority of the test");
    authority("other-ca", "CN=Another authority");
  }

  private void authority(String alias, String name) {
    keytool("-alias", alias, "-dname", name, "-ext", "bc:c", "-validity", "2");
  }

  /** For a server that runs in this JVM. */
  public SSLContext context(Identity identity) {
    String alias = identity.certificate().getFileName().toString().replace(".crt", "");
    try {
      KeyStore one = KeyStore.getInstance("PKCS12");
      one.load(null, null);
      KeyStore all = store();
      char[] secret = password.toCharArray();
      one.setKeyEntry(alias, all.getKey(alias, secret), secret, all.getCertificateChain(alias));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(one, secret);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The authority that has issued all the certificates of servers. */
  public Path authority() {
    return certificateOf("ca");
  }

  public Path anotherAuthority() {
    return certificateOf("other-ca");
  }

  /** For 127.0.0.1 and localhost. */
  public Identity fitting() {
    return issued("fitting", "CN=Server", "-ext", "san=ip:127.0.0.1,dns:localhost");
  }

  /** The next one of the same server. */
  public Identity renewed() {
    return issued("renewed", "CN=Renewed", "-ext", "san=ip:127.0.0.1,dns:localhost");
  }

  public Identity forAnotherHost() {
    return issued("elsewhere", "CN=Elsewhere", "-ext", "san=dns:elsewhere.example");
  }

  /** For 127.0.0.1, until five days ago. */
  public Identity expired() {
    return issued(
        "expired", "CN=Old", "-ext", "san=ip:127.0.0.1", "-startdate", "-10d", "-validity", "5");
  }

  private Identity issued(String alias, String name, String... more) {
    List<String> arguments = new ArrayList<>(List.of("-alias", alias, "-dname", name));
    arguments.addAll(List.of("-signer", "ca"));
    arguments.addAll(List.of(more));
    keytool(arguments.toArray(String[]::new));
    try {
      byte[] key = store().getKey(alias, password.toCharArray()).getEncoded();
      return new Identity(certificateOf(alias), write(alias + ".key", "PRIVATE KEY", key));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path certificateOf(String alias) {
    try {
      Certificate certificate = store().getCertificate(alias);
      return write(alias + ".crt", "CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyStore store() throws GeneralSecurityException {
    try {
      return KeyStore.getInstance(store.toFile(), password.toCharArray());
    } catch (IOException e) {
      throw new IllegalStateException("Could not read " + store, e);
    }
  }

  private Path write(String name, String what, byte[] der) {
    String text =
        "-----BEGIN %s-----%n%s%n-----END %s-----%n"
            .formatted(what, LINES.encodeToString(der), what);
    try {
      return Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new IllegalStateException("Could not write " + name, e);
    }
  }

  private void keytool(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC", "-genkeypair"));
    command.addAll(List.of("-keyalg", "EC", "-keystore", store.toString()));
    command.addAll(List.of("-storepass:env", "STORE_PASSWORD"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("STORE_PASSWORD", password);
    try {
      Process process = builder.start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("keytool: " + said);
      }
    } catch (IOException e) {
      throw new IllegalStateException("keytool did not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
