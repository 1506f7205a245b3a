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

/** Writes a table definition as text: the statement alone, ready for a client's prompt. */
@Component
class SqlMessageConverter extends AbstractHttpMessageConverter<TableDefinition> {

  SqlMessageConverter() {
    super(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8));
  }

  @Override
  protected boolean supports(Class<?> type) {
    return type == TableDefinition.class;
  }

  @Override
  protected boolean canRead(@Nullable MediaType type) {
    return false;
  }

  @Override
  protected TableDefinition readInternal(
      Class<? extends TableDefinition> type, HttpInputMessage message) {
    throw new HttpMessageNotReadableException("Table definitions are only written", message);
  }

  @Override
  protected void writeInternal(TableDefinition definition, HttpOutputMessage message)
      throws IOException {
    message.getBody().write((definition.sql() + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
