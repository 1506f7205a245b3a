package org.etlsandbox.api;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Describes the components of records as they are declared: what is {@link Nullable} may be null,
 * all others are always there. Without it neither would be told.
 */
final class NullableComponents implements ModelConverter {

  private static final String NULL = "null";

  @Override
  public @Nullable Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    if (!chain.hasNext()) {
      return null;
    }
    Schema<?> resolved = chain.next().resolve(type, context, chain);
    if (resolved != null && type.getType() != null) {
      Class<?> raw = Json.mapper().constructType(type.getType()).getRawClass();
      Schema<?> model = raw.isRecord() ? modelOf(resolved, context) : null;
      if (model != null && model.getProperties() != null) {
        describe(raw, model);
      }
    }
    return resolved;
  }

  private static @Nullable Schema<?> modelOf(Schema<?> resolved, ModelConverterContext context) {
    String reference = resolved.get$ref();
    return reference == null
        ? resolved
        : context.getDefinedModels().get(reference.substring(reference.lastIndexOf('/') + 1));
  }

  @SuppressWarnings("rawtypes") // as the model gives them out
  private static void describe(Class<?> raw, Schema<?> model) {
    Map<String, Schema> properties = model.getProperties();
    for (RecordComponent component : raw.getRecordComponents()) {
      Schema<?> property = properties.get(component.getName());
      if (property == null) {
        continue;
      }
      if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        model.addRequiredItem(component.getName());
      } else if (property.getTypes() != null) {
        property.addType(NULL);
      }
    }
  }
}
