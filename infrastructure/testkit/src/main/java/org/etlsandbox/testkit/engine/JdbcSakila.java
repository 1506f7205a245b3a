package org.etlsandbox.testkit.engine;

import java.sql.Connection;
import java.sql.SQLException;
import org.etlsandbox.sakila.SakilaSchema;
import org.etlsandbox.source.Source;
import org.etlsandbox.source.SourceProvider;
import org.etlsandbox.testkit.sakila.JdbcSakilaWriter;
import org.etlsandbox.testkit.sakila.SakilaWriter;
import org.etlsandbox.testkit.sakila.TestSakila;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Sakila's tables in a database of their own. */
final class JdbcSakila implements TestSakila {
  private final TestDatabase database;
  private final SourceProvider provider;
  private final SakilaWriter writer;

  JdbcSakila(TestDatabase database, SourceProvider provider, boolean indexed) {
    this.database = database;
    this.provider = provider;
    this.writer =
        new JdbcSakilaWriter(
            new DriverManagerDataSource(database.url(), database.username(), database.password()));
    try (Connection connection = database.connect()) {
      SakilaSchema.create(connection, indexed);
    } catch (SQLException e) {
      database.close();
      throw new IllegalStateException("Could not create Sakila on " + database.engine(), e);
    }
  }

  @Override
  public String engine() {
    return database.engine();
  }

  @Override
  public Source open() {
    return provider.open(database.settings());
  }

  @Override
  public SakilaWriter writer() {
    return writer;
  }

  @Override
  public void close() {
    database.close();
  }
}
