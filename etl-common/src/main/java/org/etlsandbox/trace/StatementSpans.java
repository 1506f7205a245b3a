package org.etlsandbox.trace;

import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import java.util.Set;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import net.ttddyy.observation.tracing.DataSourceObservationListener;
import net.ttddyy.observation.tracing.JdbcObservationDocumentation;
import net.ttddyy.observation.tracing.QueryContext;
import net.ttddyy.observation.tracing.QueryObservationConvention;
import net.ttddyy.observation.tracing.QueryTracingObservationHandler;
import org.etlsandbox.connection.StatementWatch;
import org.jspecify.annotations.Nullable;

/**
 * A span for each statement, without the values of its parameters, as part of the step that is open
 * in its thread, whatever connection it goes through; and only where that is sampled: what a thread
 * of its own asks (health, leases) begins none.
 */
final class StatementSpans implements StatementWatch {

  private final DataSourceObservationListener listener;

  StatementSpans(Tracer tracer) {
    // A registry of its own, or each statement would become a meter as well
    ObservationRegistry registry = ObservationRegistry.create();
    registry
        .observationConfig()
        .observationPredicate((name, context) -> isSampled(tracer.currentSpan()))
        .observationHandler(new QueryTracingObservationHandler(tracer));
    listener = new DataSourceObservationListener(registry);
    listener.setSupportedTypes(Set.of(JdbcObservationDocumentation.QUERY));
    listener.setQueryObservationConvention(new Convention());
  }

  @Override
  public DataSource over(DataSource connections, String name) {
    return ProxyDataSourceBuilder.create(name, connections).listener(listener).build();
  }

  private static boolean isSampled(@Nullable Span span) {
    return span != null && Boolean.TRUE.equals(span.context().sampled());
  }

  private static final class Convention implements QueryObservationConvention {

    @Override
    public String getContextualName(QueryContext context) {
      return "query " + context.getDataSourceName();
    }
  }
}
