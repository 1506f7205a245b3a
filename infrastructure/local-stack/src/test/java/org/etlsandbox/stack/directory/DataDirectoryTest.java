package org.etlsandbox.stack.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.etlsandbox.stack.plan.JupiterKind;
import org.etlsandbox.stack.plan.StackFailure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

  private static final StackRecord RECORD =
      new StackRecord(StackRecord.LAYOUT, 500, 3, JupiterKind.MARIADB);

  @TempDir private Path parent;
  private Path root;
  private DataDirectory directory;

  @BeforeEach
  void nameIt() {
    root = parent.resolve("data");
    directory = new DataDirectory(root);
  }

  @Test
  void namingItMakesNothing() {
    directory.requireUsable();
    assertThat(root).doesNotExist();
  }

  @Test
  void remembersWhatItWasMadeFor() {
    directory.make();
    directory.write(RECORD);
    assertThat(new DataDirectory(root).record()).contains(RECORD);
    assertThatNoException().isThrownBy(directory::requireUsable);
  }

  @Test
  void aDirectoryOfAnotherLayoutIsRefused() {
    directory.make();
    directory.write(new StackRecord(99, 500, 3, JupiterKind.MARIADB));
    assertThatExceptionOfType(StackFailure.class)
        .isThrownBy(directory::requireUsable)
        .withMessageContaining("layout version 99")
        .withMessageContaining(root.toString())
        .withMessageContaining("--fresh");
  }

  @Test
  void aDirectoryOfSomebodyElseIsNeitherUsedNorDeleted() throws IOException {
    Files.createDirectories(root);
    Path precious = Files.writeString(root.resolve("thesis.txt"), "years of work");
    assertThatExceptionOfType(StackFailure.class)
        .isThrownBy(directory::requireUsable)
        .withMessageContaining(root.toString());
    assertThatExceptionOfType(StackFailure.class)
        .isThrownBy(directory::delete)
        .withMessageContaining("--fresh would delete " + root);
    assertThat(precious).hasContent("years of work");
  }

  @Test
  void freshDeletesWhatIsOursAndLeavesTheLocks() throws IOException {
    directory.make();
    directory.write(RECORD);
    directory.markSeeded(10);
    Path lock = Files.writeString(directory.run().resolve("command.lock"), "");
    Files.createDirectories(directory.engine("jupiter").resolve("data"));
    directory.delete();
    assertThat(directory.record()).isEmpty();
    assertThat(directory.isSeeded()).isFalse();
    assertThat(directory.engine("jupiter")).doesNotExist();
    assertThat(lock).exists();
    assertThatNoException().isThrownBy(directory::requireUsable);
  }

  @Test
  void aDamagedRecordIsNamed() throws IOException {
    directory.make();
    Files.writeString(root.resolve("stack.json"), "{");
    assertThatExceptionOfType(StackFailure.class)
        .isThrownBy(directory::requireUsable)
        .withMessageContaining("stack.json is damaged");
  }

  @Test
  void aFileIsNoDirectory() throws IOException {
    Files.writeString(root, "");
    assertThatExceptionOfType(StackFailure.class)
        .isThrownBy(directory::requireUsable)
        .withMessageContaining("is a file");
  }

  @Test
  void passwordsAreMadeOnceAndReadableByTheirOwnerOnly() throws IOException {
    directory.make();
    String made = Secrets.of(directory).password("jupiter");
    assertThat(made).matches("[A-Za-z0-9]{24}");
    assertThat(Secrets.of(directory).password("jupiter")).isEqualTo(made);
    assertThat(Secrets.of(directory).password("control")).isNotEqualTo(made);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(root.resolve("secrets.json"))))
        .isEqualTo("rw-------");
  }

  @Test
  void theKeyForTokensIsMadeOnceAndReadableByItsOwnerOnly() throws IOException {
    directory.make();
    Path published = TokenKey.ensure(directory);
    String made = Files.readString(root.resolve("token-key.pem"));
    assertThat(made).startsWith("-----BEGIN PRIVATE KEY-----");
    assertThat(Files.readString(published))
        .startsWith("-----BEGIN PUBLIC KEY-----")
        .doesNotContain("PRIVATE");
    assertThat(TokenKey.ensure(directory)).isEqualTo(published);
    assertThat(root.resolve("token-key.pem")).hasContent(made);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(root.resolve("token-key.pem"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aDamagedKeyIsNamedButNotShown() throws IOException {
    directory.make();
    Files.writeString(root.resolve("token-key.pem"), "s3cret");
    assertThatExceptionOfType(StackFailure.class)
        .isThrownBy(() -> TokenKey.ensure(directory))
        .withMessageContaining("token-key.pem is damaged")
        .withMessageNotContaining("s3cret");
  }

  @Test
  void whatOpensTheDatabasesIsGoneWithThem() {
    directory.make();
    Path pgpass = directory.writeRunFile("pgpass", "secret");
    Path state = directory.writeRunFile("state.json", "{}");
    directory.deleteAccessFiles();
    assertThat(pgpass).doesNotExist();
    assertThat(state).exists();
  }
}
