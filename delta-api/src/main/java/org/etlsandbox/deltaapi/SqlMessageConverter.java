package org.etlsandbox.deltaapi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;

/** Writes a definition as text: the statements, ready for a client's prompt, after the notes. */
@Component
class SqlMessageConverter extends AbstractHttpMessageConverter<SqlAnswer> {

  SqlMessageConverter() {
    super(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8));
  }

  @Override
  protected boolean supports(Class<?> type) {
    return SqlAnswer.class.isAssignableFrom(type);
  }

  @Override
  protected boolean canRead(@Nullable MediaType type) {
    return false;
  }

  @Override
  protected SqlAnswer readInternal(Class<? extends SqlAnswer> type, HttpInputMessage message) {
    throw new HttpMessageNotReadableException("Table definitions are only written", message);
  }

  @Override
  protected void writeInternal(SqlAnswer answer, HttpOutputMessage message) throws IOException {
    message.getBody().write(text(answer).getBytes(StandardCharsets.UTF_8));
  }

  private static String text(SqlAnswer answer) {
    StringBuilder text = new StringBuilder();
    for (String note : answer.notes()) {
      text.append("-- ").append(oneLine(note)).append('\n');
    }
    return text.append(answer.sql()).append('\n').toString();
  }

  /** Names and comments of the source are in the notes: none may end the comment that it is in. */
  private static String oneLine(String note) {
    return note.codePoints()
        .map(c ->
            Character.isISOControl(c)
                    || Character.getType(c) == Character.LINE_SEPARATOR
                    || Character.getType(c) == Character.PARAGRAPH_SEPARATOR
                ? ' '
                : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
