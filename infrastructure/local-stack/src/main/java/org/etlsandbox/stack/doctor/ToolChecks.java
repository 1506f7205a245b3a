package org.etlsandbox.stack.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Java, Maven and npm. */
final class ToolChecks implements Check {

  private static final int JAVA = 25;
  private static final int MAVEN_MAJOR = 3;
  private static final int MAVEN_MINOR = 8;
  private static final long PATIENCE_SECONDS = 20;

  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)[0-9A-Za-z.-]*");

  @Override
  public List<Finding> run() {
    return List.of(java(), maven(output("mvn", "-v")), npm(output("npm", "--version")));
  }

  private static Finding java() {
    Path home = Path.of(System.getProperty("java.home"));
    String seen = Runtime.version() + " in " + home;
    if (Runtime.version().feature() != JAVA) {
      return Finding.fail(
          "java",
          seen + ", but EtlSandbox is built and run on " + JAVA,
          "sudo apt-get install openjdk-25-jdk");
    }
    if (!Files.isExecutable(home.resolve("bin/javac"))) {
      return Finding.fail(
          "java", seen + " has no javac (a JRE)", "sudo apt-get install openjdk-25-jdk");
    }
    return Finding.ok("java", seen);
  }

  /**
   * @param output what {@code mvn -v} printed; null if it cannot be run
   */
  static Finding maven(@Nullable String output) {
    String install = "sudo apt-get install maven";
    if (output == null) {
      return Finding.fail("maven", "no mvn in PATH, or it does not run", install);
    }
    Matcher version = VERSION.matcher(output);
    if (!version.find()) {
      return Finding.fail("maven", "mvn -v tells no version", install);
    }
    int major = Integer.parseInt(version.group(1));
    int minor = Integer.parseInt(version.group(2));
    return major > MAVEN_MAJOR || (major == MAVEN_MAJOR && minor >= MAVEN_MINOR)
        ? Finding.ok("maven", version.group())
        : Finding.fail("maven", version.group() + " is older than 3.8", install);
  }

  /**
   * @param output what {@code npm --version} printed; null if it cannot be run
   */
  static Finding npm(@Nullable String output) {
    if (output != null) {
      Matcher version = VERSION.matcher(output);
      if (version.find()) {
        return Finding.ok("npm", version.group());
      }
    }
    return Finding.warn(
        "npm",
        "no npm in PATH, or it does not run: the ClickHouse engine cannot be fetched",
        "sudo apt-get install npm");
  }

  private static @Nullable String output(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectInput(Path.of("/dev/null").toFile())
              .start();
      // Both print a few lines, far less than a pipe holds, so waiting first cannot block them
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return null;
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.exitValue() == 0 ? output : null;
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
