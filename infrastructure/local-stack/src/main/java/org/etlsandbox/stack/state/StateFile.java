package org.etlsandbox.stack.state;

import java.util.Optional;
import org.etlsandbox.stack.directory.DataDirectory;
import org.etlsandbox.stack.directory.Json;
import org.etlsandbox.stack.directory.StackProcesses;
import tools.jackson.core.JacksonException;

/** The supervisor's word to the commands, in {@code run/state.json}; always whole. */
public final class StateFile {

  private static final String NAME = "state.json";

  private final DataDirectory directory;

  public StateFile(DataDirectory directory) {
    this.directory = directory;
  }

  public void write(StackState state) {
    directory.writeRunFile(NAME, Json.write(state));
  }

  /** What a supervisor last said; it may be gone by now. */
  public Optional<StackState> last() {
    try {
      return Optional.ofNullable(directory.readRunFile(NAME))
          .map(text -> Json.read(text, StackState.class));
    } catch (JacksonException e) {
      // why: written by another version; such a supervisor is found by its process if it runs
      return Optional.empty();
    }
  }

  /** What the supervisor says that runs now; empty if none does. */
  public Optional<StackState> running() {
    return last()
        .filter(state -> !state.phase().isEnd())
        .filter(state ->
            new StackProcesses(directory)
                .virtualMachines().stream()
                    .anyMatch(process -> process.handle().pid() == state.pid()));
  }
}
