package org.etlsandbox.soak.stage;

/** Is told in a few words what is going on; from one thread. */
@FunctionalInterface
public interface Progress {
  void say(String words);
}
