package org.etlsandbox.access;

import io.micrometer.common.KeyValue;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.filter.ServerHttpObservationFilter;

/** Writes the access log. Stands before security, so that what security refuses is written, too. */
final class AccessLogFilter extends OncePerRequestFilter {

  private static final int FAILED = 500;

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long began = System.nanoTime();
    boolean returned = false;
    ServerHttpObservationFilter.findObservationContext(request)
        .ifPresent(trace ->
            trace.addHighCardinalityKeyValue(
                KeyValue.of("http.request.id", RequestId.of(request))));
    try {
      chain.doFilter(request, response);
      returned = true;
    } finally {
      if (request.isAsyncStarted()) {
        request
            .getAsyncContext()
            .addListener(new AtTheEnd(request, response, began, MDC.getCopyOfContextMap()));
      } else {
        // what is thrown becomes the status only outside of all filters
        AccessLog.write(request, returned ? response.getStatus() : FAILED, began);
      }
    }
  }

  /** An answer that is streamed goes on after the filters have returned. */
  private record AtTheEnd(
      HttpServletRequest request,
      HttpServletResponse response,
      long began,
      @Nullable Map<String, String> logFields)
      implements AsyncListener {

    @Override
    public void onComplete(AsyncEvent event) {
      Map<String, String> before = MDC.getCopyOfContextMap();
      MDC.setContextMap(logFields);
      try {
        AccessLog.write(request, response.getStatus(), began);
      } finally {
        MDC.setContextMap(before);
      }
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {
      event.getAsyncContext().addListener(this);
    }
  }
}
