package org.etlsandbox.betaapi;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * Says in headers how fresh an answer is, and spares the destination when the client has it.
 *
 * <p>The state is taken <em>before</em> the data are read: an answer may be newer than its tag,
 * never older, so that a tag that still fits means that nothing has changed since.
 *
 * <p>If-Modified-Since is not looked at: two runs may end within the second that it can tell.
 */
@Component
class Freshness {

  /** To be changed with the form of the answers: what a client keeps is of one form. */
  private static final String FORM = "1";

  private static final int TAG_BYTES = 15;

  private final Watermarks watermarks;

  Freshness(Watermarks watermarks) {
    this.watermarks = watermarks;
  }

  /**
   * The headers of an answer that is still to be read.
   *
   * @param tag null where the answer cannot be told from a later one
   */
  record Headers(
      @Nullable ETag tag,
      @Nullable Instant movedAt,
      @Nullable Instant completeTo,
      @Nullable Duration age) {

    void writeTo(HttpServletResponse response) {
      response.setHeader(
          HttpHeaders.CACHE_CONTROL, CacheControl.noCache().cachePrivate().getHeaderValue());
      if (tag != null) {
        response.setHeader(HttpHeaders.ETAG, tag.formattedTag());
      }
      if (movedAt != null) {
        response.setDateHeader(HttpHeaders.LAST_MODIFIED, movedAt.toEpochMilli());
      }
      if (completeTo != null && age != null) {
        response.setHeader("Data-Complete-To", completeTo.toString());
        response.setHeader("Data-Age", Long.toString(age.toSeconds()));
      }
    }
  }

  /** Answers what is read, or null with status 304 where the client has it. */
  <T> @Nullable T answer(ServletWebRequest exchange, Supplier<T> read) {
    return answer(exchange, FlatFilter.everything(false), read);
  }

  /** The same, for what a filter lets through. */
  <T> @Nullable T answer(ServletWebRequest exchange, FlatFilter filter, Supplier<T> read) {
    HttpServletRequest request = exchange.getRequest();
    HttpServletResponse response = exchange.getNativeResponse(HttpServletResponse.class);
    if (response == null) {
      throw new IllegalStateException("This is no HTTP request");
    }
    Headers headers = before(request, filter, "");
    if (isKnown(request, headers)) {
      response.setStatus(HttpStatus.NOT_MODIFIED.value());
      headers.writeTo(response);
      return null;
    }
    T answer = read.get();
    headers.writeTo(response);
    return answer;
  }

  /**
   * The headers of an answer, to be asked for before it is read.
   *
   * @param form of the answer, where the address does not tell it
   */
  Headers before(HttpServletRequest request, FlatFilter filter, String form) {
    return watermarks
        .read()
        .map(state ->
            new Headers(
                tag(state, request, filter, form),
                state.movedAt(),
                state.completeTo(),
                age(state.completeTo(), state.readAt())))
        .orElseGet(() -> new Headers(null, null, null, null));
  }

  /** Whether the client has named the tag of the answer, or one that it weakly equals. */
  static boolean isKnown(HttpServletRequest request, Headers headers) {
    ETag mine = headers.tag();
    return mine != null
        && Collections.list(request.getHeaders(HttpHeaders.IF_NONE_MATCH)).stream()
            .flatMap(given -> ETag.parse(given).stream())
            .anyMatch(given -> given.isWildcard() || given.compare(mine, false));
  }

  private static @Nullable ETag tag(
      DataState state, HttpServletRequest request, FlatFilter filter, String form) {
    // Tombstones that are deleted for good leave no run behind
    if (state.tag() == null || filter.includeDeleted()) {
      return null;
    }
    StringBuilder all = new StringBuilder(FORM).append('\n').append(state.tag()).append('\n');
    all.append(form).append('\n').append(request.getRequestURI());
    new TreeMap<>(request.getParameterMap())
        .forEach((name, values) ->
            all.append('\n').append(name).append('=').append(Arrays.toString(values)));
    // Weak: the same rows, whether compressed on the way or not
    return new ETag(
        Base64.getUrlEncoder().encodeToString(Checksum.of(all.toString(), TAG_BYTES)), true);
  }

  private static @Nullable Duration age(@Nullable Instant completeTo, Instant now) {
    if (completeTo == null) {
      return null;
    }
    Duration age = Duration.between(completeTo, now);
    return age.isNegative() ? Duration.ZERO : age;
  }
}
