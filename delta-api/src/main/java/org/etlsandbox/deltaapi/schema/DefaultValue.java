package org.etlsandbox.deltaapi.schema;

/** What a column holds where an INSERT does not name it. */
public sealed interface DefaultValue {

  /**
   * A constant.
   *
   * @param text as {@link Literals} writes it, without any product's quotes
   */
  record Literal(String text) implements DefaultValue {}

  /** The time of the insert. */
  record CurrentTime() implements DefaultValue {}

  /**
   * Something that only its own product understands.
   *
   * @param expression as the product shows it
   */
  record Expression(String expression) implements DefaultValue {}
}
