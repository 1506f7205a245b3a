package org.etlsandbox.connection;

import java.security.cert.CertificateException;

/** The certificate of a server, or the authorities to judge it by, do not fit; says what to do. */
final class UnfitCertificateException extends CertificateException {

  private static final long serialVersionUID = 1L;

  private final String remedy;

  /**
   * @param problem completes "no secure connection: …"
   * @param remedy a sentence
   */
  UnfitCertificateException(String problem, String remedy, Throwable cause) {
    super(problem, cause);
    this.remedy = remedy;
  }

  String remedy() {
    return remedy;
  }
}
