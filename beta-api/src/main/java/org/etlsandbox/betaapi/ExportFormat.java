package org.etlsandbox.betaapi;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.etlsandbox.service.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.HttpMediaTypeNotAcceptableException;

/** The forms of an export. */
enum ExportFormat {
  NDJSON(MediaType.APPLICATION_NDJSON, MediaType.APPLICATION_NDJSON_VALUE),
  CSV(MediaType.parseMediaType("text/csv"), "text/csv;charset=UTF-8;header=present");

  private final MediaType type;
  private final String contentType;

  ExportFormat(MediaType type, String contentType) {
    this.type = type;
    this.contentType = contentType;
  }

  /**
   * The parameter, where it is given; else what is accepted most; where anything is, the first one.
   *
   * @param accept of the request, null where it has none
   * @throws InvalidParameterException where the parameter is none of these
   */
  static ExportFormat of(@Nullable String parameter, @Nullable String accept)
      throws HttpMediaTypeNotAcceptableException {
    if (parameter != null) {
      return Arrays.stream(values())
          .filter(format -> format.key().equals(parameter))
          .findAny()
          .orElseThrow(
              () -> new InvalidParameterException("format", parameter, "be ndjson or csv"));
    }
    return accept == null ? NDJSON : accepted(accept);
  }

  private static ExportFormat accepted(String accept) throws HttpMediaTypeNotAcceptableException {
    List<MediaType> wanted;
    try {
      wanted = MediaType.parseMediaTypes(accept);
    } catch (InvalidMediaTypeException e) {
      throw new HttpMediaTypeNotAcceptableException(
          "%s is no list of media types".formatted(HttpHeaders.ACCEPT));
    }
    MimeTypeUtils.sortBySpecificity(wanted);
    return wanted.stream()
        .filter(type -> type.getQualityValue() > 0)
        .sorted((a, b) -> Double.compare(b.getQualityValue(), a.getQualityValue()))
        .map(ExportFormat::within)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() ->
            new HttpMediaTypeNotAcceptableException(
                Arrays.stream(values()).map(format -> format.type).toList()));
  }

  private static Optional<ExportFormat> within(MediaType range) {
    return Arrays.stream(values()).filter(format -> range.includes(format.type)).findFirst();
  }

  /** Its name in requests, and the extension of its files. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  String contentType() {
    return contentType;
  }
}
