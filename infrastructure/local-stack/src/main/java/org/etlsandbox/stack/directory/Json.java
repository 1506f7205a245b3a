package org.etlsandbox.stack.directory;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The one way in which this module reads and writes JSON. */
public final class Json {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  /** Indented, with a line end. */
  public static String write(Object value) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value)
        + System.lineSeparator();
  }

  /**
   * Reads a value; properties that the type does not have are ignored.
   *
   * @throws JacksonException if the text does not fit
   */
  public static <T> T read(String text, Class<T> type) {
    return MAPPER.readValue(text, type);
  }
}
