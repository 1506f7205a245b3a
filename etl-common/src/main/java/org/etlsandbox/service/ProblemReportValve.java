package org.etlsandbox.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.etlsandbox.access.AccessLog;
import org.etlsandbox.access.RequestId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Answers what Tomcat itself refuses, a malformed request line for example, before Spring sees it.
 * Public with a public constructor because Tomcat creates it by name.
 */
public final class ProblemReportValve extends ErrorReportValve {

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    int code = response.getStatus();
    if (code < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    HttpStatus status = HttpStatus.resolve(code);
    String id = RequestId.of(request);
    response.setHeader(RequestId.HEADER, id);
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setCharacterEncoding("UTF-8");
    try (Writer writer = response.getReporter()) {
      if (writer != null) {
        writer.write(
            "{\"title\":\"%s\",\"status\":%d,\"%s\":\"%s\"}"
                .formatted(
                    status == null ? "Error" : status.getReasonPhrase(), code, RequestId.NAME, id));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    AccessLog.write(request, code, System.nanoTime());
  }
}
