package org.etlsandbox.stack.supervisor;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.etlsandbox.engines.Engine;
import org.etlsandbox.sakila.SakilaSchema;
import org.etlsandbox.sakila.SakilaSeed;
import org.etlsandbox.stack.directory.DataDirectory;
import org.etlsandbox.stack.plan.StackFailure;
import org.etlsandbox.stack.plan.StackOptions;
import org.etlsandbox.stack.plan.Store;

/** Fills the embedded Jupiter once per data directory; a seed that was cut short starts over. */
final class JupiterSeed {

  private static final String HAS_RENTALS =
      """
      SELECT COUNT(*) FROM information_schema.tables
      WHERE table_schema = 'sakila' AND table_name = 'rental'
      """;

  private final StackOptions options;
  private final DataDirectory directory;
  private final Journal journal;

  JupiterSeed(StackOptions options, DataDirectory directory, Journal journal) {
    this.options = options;
    this.directory = directory;
    this.journal = journal;
  }

  void ensure(Engine jupiter) {
    try {
      if (directory.isSeeded() && hasRentals(jupiter)) {
        return;
      }
      seed(jupiter);
    } catch (SQLException e) {
      throw StackFailure.failed(
          "Jupiter could not be seeded (%s): try again with --fresh.".formatted(e.getMessage()), e);
    }
  }

  private static boolean hasRentals(Engine jupiter) throws SQLException {
    try (Connection connection = outside(jupiter).getConnection();
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery(HAS_RENTALS)) {
      return count.next() && count.getLong(1) > 0;
    }
  }

  private void seed(Engine jupiter) throws SQLException {
    try (Connection connection = outside(jupiter).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS sakila");
      statement.execute("CREATE DATABASE sakila CHARACTER SET utf8mb4");
    }
    MysqlDataSource sakila = dataSource(jupiter);
    try (Connection connection = sakila.getConnection()) {
      SakilaSchema.create(connection, true);
    }
    // why: the number of rows is known only to the finished plan, which takes the listener first
    long[] total = new long[1];
    SakilaSeed seed =
        SakilaSeed.builder()
            .rentals(options.rentals())
            .seed(options.seed())
            .progress(rows -> journal.seeding(rows, total[0]))
            .build();
    total[0] = seed.totalRows();
    seed.load(sakila);
    journal.seeding(total[0], total[0]);
    directory.markSeeded(total[0]);
  }

  /** Connections to Jupiter's database. */
  static MysqlDataSource dataSource(Engine jupiter) {
    return dataSource(jupiter, jupiter.jdbcUrl(Store.JUPITER.database()));
  }

  // why: a connection needs a database that is there, and 'sakila' comes and goes
  private static MysqlDataSource outside(Engine jupiter) {
    return dataSource(jupiter, jupiter.jdbcUrl("information_schema"));
  }

  private static MysqlDataSource dataSource(Engine jupiter, String url) {
    MysqlDataSource source = new MysqlDataSource();
    source.setUrl(url);
    source.setUser(jupiter.username());
    source.setPassword(jupiter.password());
    return source;
  }
}
