package org.etlsandbox.service;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses query parameters that the handler does not have, and those given twice: a filter with a
 * typo must not answer everything, nor two values the rows of neither.
 *
 * <p>Known are the handler's own {@link RequestParam}s and the components of its arguments that are
 * records; so they are declared in one place. Handlers of other packages than the suite's are left
 * alone. Thread-safe.
 */
public final class KnownParameters implements HandlerInterceptor {

  private static final String OURS = "org.etlsandbox.";

  /** Longer names are cut in the answer. */
  private static final int LONGEST_ECHO = 50;

  private final Map<HandlerMethod, TreeSet<String>> known = new ConcurrentHashMap<>();

  /**
   * @throws InvalidParameterException naming the parameter and, where it is unknown, the known ones
   */
  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    // An error page sees the parameters of the request that failed
    if (request.getDispatcherType() == DispatcherType.REQUEST
        && handler instanceof HandlerMethod method
        && method.getBeanType().getName().startsWith(OURS)) {
      TreeSet<String> names = known.computeIfAbsent(method, KnownParameters::of);
      request.getParameterMap().forEach((name, values) -> check(names, name, values));
    }
    return true;
  }

  private static void check(TreeSet<String> known, String name, String[] values) {
    String value = String.join(",", values);
    if (!known.contains(name)) {
      throw new InvalidParameterException(
          name.length() <= LONGEST_ECHO ? name : name.substring(0, LONGEST_ECHO) + "…",
          value,
          known.isEmpty()
              ? "not be given, since there is none here"
              : "not be given, since only %s are known here".formatted(String.join(", ", known)));
    }
    if (values.length > 1) {
      throw new InvalidParameterException(name, value, "be given once");
    }
  }

  private static TreeSet<String> of(HandlerMethod method) {
    TreeSet<String> names = new TreeSet<>();
    for (MethodParameter parameter : method.getMethodParameters()) {
      RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
      if (annotation != null) {
        names.add(annotation.name().isEmpty() ? nameOf(parameter) : annotation.name());
      } else if (parameter.getParameterType().isRecord()) {
        Arrays.stream(parameter.getParameterType().getRecordComponents())
            .map(RecordComponent::getName)
            .forEach(names::add);
      }
    }
    return names;
  }

  // The build keeps the names of parameters
  private static String nameOf(MethodParameter parameter) {
    return parameter.getParameter().getName();
  }
}
