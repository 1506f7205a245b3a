package org.etlsandbox.stack.state;

/** How far the supervisor is. */
public enum Phase {
  ENGINES("Starting the engines"),
  SEEDING("Seeding Jupiter"),
  SERVICES("Starting the services"),
  RUNNING("Running"),
  STOPPING("Stopping"),
  STOPPED("Stopped"),
  FAILED("Failed");

  private final String inWords;

  Phase(String inWords) {
    this.inWords = inWords;
  }

  public String inWords() {
    return inWords;
  }

  /** Whether the supervisor has nothing more to do. */
  public boolean isEnd() {
    return this == STOPPED || this == FAILED;
  }
}
