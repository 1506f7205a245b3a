package org.etlsandbox.betaapi;

import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.servlet.support.ExtendedServletRequestDataBinder;

/** Parameters come from the query alone: a header {@code Sort} must not sort anything. */
@ControllerAdvice
class ParameterBinding {

  @InitBinder
  void fromTheQueryAlone(WebDataBinder binder) {
    if (binder instanceof ExtendedServletRequestDataBinder extended) {
      extended.setHeaderPredicate(name -> false);
    }
  }
}
