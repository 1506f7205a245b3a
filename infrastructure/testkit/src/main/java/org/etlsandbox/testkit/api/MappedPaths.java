package org.etlsandbox.testkit.api;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.springframework.context.ApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The paths that a service really has, as Spring knows them. */
public final class MappedPaths {

  /** {@code {id:[0-9]+}} is described as {@code {id}}. */
  private static final Pattern CONDITION = Pattern.compile("\\{(\\w+):[^{}]*}");

  private MappedPaths() {}

  /** Those that begin so. */
  public static Set<String> of(ApplicationContext service, String prefix) {
    Set<String> paths = new TreeSet<>();
    service
        .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .keySet()
        .forEach(mapping -> paths.addAll(mapping.getPatternValues()));
    Set<String> ours = new TreeSet<>();
    for (String path : paths) {
      if (path.startsWith(prefix)) {
        ours.add(CONDITION.matcher(path).replaceAll("{$1}"));
      }
    }
    return ours;
  }
}
