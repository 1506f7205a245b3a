package org.etlsandbox.stack.doctor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.etlsandbox.stack.plan.ExternalServer;
import org.etlsandbox.stack.plan.ServerCheck;
import org.etlsandbox.stack.plan.StackFailure;
import org.etlsandbox.stack.plan.Store;

/**
 * The servers of the user's besides Jupiter: named so that {@code up} takes them, and reachable.
 */
final class ServerChecks implements Check {

  private final Map<String, String> environment;

  ServerChecks(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public List<Finding> run() {
    Map<String, String> others = new HashMap<>(environment);
    others.remove(Store.JUPITER.variable());
    try {
      return reach(ExternalServer.from(others).values());
    } catch (StackFailure e) {
      // Says itself what to do
      return List.of(new Finding(Severity.FAIL, "servers", e.getMessage(), null));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private static List<Finding> reach(Collection<ExternalServer> servers)
      throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    for (ServerCheck.Outcome outcome : ServerCheck.askAll(servers)) {
      String subject = outcome.store().key();
      findings.add(
          switch (outcome) {
            case ServerCheck.Answer answer ->
                Finding.ok(
                    subject,
                    "%s names %s %s, which lets us in"
                        .formatted(answer.store().variable(), answer.product(), answer.version()));
            case ServerCheck.Refusal refusal ->
                Finding.fail(subject, refusal.seen(), refusal.todo());
          });
    }
    return findings;
  }
}
