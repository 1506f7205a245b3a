package org.etlsandbox.betaapi;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import org.etlsandbox.connection.StatementWatch;
import org.etlsandbox.connection.WatchedPool;
import org.etlsandbox.service.PeriodicHealth;
import org.etlsandbox.service.TlsProperties;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.jpa.SpecHints;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QueryProperties.class)
class QueryConfiguration {

  /** A pool that connects on first use, so that a database that is down does not stop the start. */
  @Bean
  HikariDataSource destinationPool(
      QueryProperties query, TlsProperties tls, ObjectProvider<StatementWatch> watch) {
    HikariDataSource pool = new WatchedPool(query.settings(tls).watchedBy(watch.getIfAvailable()));
    pool.setPoolName("beta-api-" + query.destination());
    pool.setJdbcUrl(query.url());
    pool.setUsername(query.username());
    pool.setPassword(query.password());
    pool.setReadOnly(true);
    query.product().driverProperties(query.timeout()).forEach(pool::addDataSourceProperty);
    query.settings(tls).tlsProperties().forEach(pool::addDataSourceProperty);
    pool.setMaximumPoolSize(query.maxConnections());
    pool.setMinimumIdle(0);
    pool.setConnectionTimeout(query.connectTimeout().toMillis());
    // Or the first use would fail at once, and with another exception than all later ones
    pool.setInitializationFailTimeout(-1);
    return pool;
  }

  @Bean
  HibernatePropertiesCustomizer destinationQueries(QueryProperties query) {
    return properties -> {
      properties.put(AvailableSettings.JAKARTA_HBM2DDL_DB_NAME, query.product().productName());
      properties.put(SpecHints.HINT_SPEC_QUERY_TIMEOUT, query.timeout().toMillis());
    };
  }

  @Bean
  PeriodicHealth destinationHealthIndicator(
      QueryProperties query,
      CurrentFlatRepository flats,
      Watermarks watermarks,
      DestinationOutages outages) {
    return new PeriodicHealth(
        query.destination(),
        query.healthInterval(),
        Clock.systemUTC(),
        new DestinationCheck(query.destination(), flats, watermarks, outages));
  }
}
