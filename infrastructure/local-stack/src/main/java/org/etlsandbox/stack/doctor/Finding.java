package org.etlsandbox.stack.doctor;

import org.jspecify.annotations.Nullable;

/**
 * One line of the doctor's report.
 *
 * @param subject what was looked at, e.g. {@code java} or {@code jupiter index}
 * @param message what was seen, with the actual value; never a password
 * @param todo what to do about it; null where nothing is to be done
 */
record Finding(Severity severity, String subject, String message, @Nullable String todo) {

  static Finding ok(String subject, String message) {
    return new Finding(Severity.OK, subject, message, null);
  }

  static Finding warn(String subject, String message, String todo) {
    return new Finding(Severity.WARN, subject, message, todo);
  }

  static Finding fail(String subject, String message, String todo) {
    return new Finding(Severity.FAIL, subject, message, todo);
  }
}
