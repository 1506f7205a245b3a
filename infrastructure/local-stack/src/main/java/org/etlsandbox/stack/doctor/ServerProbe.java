package org.etlsandbox.stack.doctor;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Product and version: MySQL 8 or later, MariaDB 10.5 or later. */
final class ServerProbe implements JupiterProbe {

  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)");

  @Override
  public String subject() {
    return "jupiter version";
  }

  @Override
  public List<Finding> look(Connection jupiter) throws SQLException {
    try (Statement statement = jupiter.createStatement();
        ResultSet row = statement.executeQuery("SELECT VERSION()")) {
      row.next();
      return List.of(judge(row.getString(1)));
    }
  }

  Finding judge(String version) {
    boolean mariaDb = version.contains("MariaDB");
    String product = (mariaDb ? "MariaDB " : "MySQL ") + version;
    Matcher numbers = VERSION.matcher(version);
    if (numbers.find()) {
      int major = Integer.parseInt(numbers.group(1));
      int minor = Integer.parseInt(numbers.group(2));
      boolean supported = mariaDb ? major > 10 || (major == 10 && minor >= 5) : major >= 8;
      if (supported) {
        return Finding.ok(subject(), product);
      }
    }
    return Finding.warn(
        subject(), product + " was never tried", "use MySQL 8.0 or MariaDB 10.5, or later");
  }
}
