package org.etlsandbox.stack;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.etlsandbox.access.Role;
import org.etlsandbox.access.TokenIssuer;
import org.etlsandbox.stack.directory.Json;
import org.etlsandbox.stack.directory.TokenKey;
import org.etlsandbox.stack.plan.Durations;
import org.etlsandbox.stack.plan.StackFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * A token for the services of the stack, and nothing else, so that {@code $(./etl token)} works.
 */
@Command(name = "token")
final class TokenCommand implements Callable<Integer> {

  /** It cannot be taken back, so it must end by itself. */
  private static final Duration LONGEST = Duration.ofHours(24);

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--role")
  private String role = Role.READ.claim();

  @Option(names = "--ttl", paramLabel = "DURATION")
  private String life = "1h";

  @Option(names = "--subject", paramLabel = "NAME")
  private String subject = System.getProperty("user.name", "etl");

  @Option(names = "--json")
  private boolean json;

  @Override
  public Integer call() {
    requireRole();
    requireSubject();
    Duration duration = life();
    TokenIssuer tokens =
        TokenKey.read(common.directory())
            .orElseThrow(() ->
                StackFailure.failed(
                    "%s has no key for tokens yet: './etl up%s' makes one."
                        .formatted(common.directory(), common.again())));
    Instant expires = Instant.now().plus(duration).truncatedTo(ChronoUnit.SECONDS);
    String token = tokens.issue(subject, List.of(role), expires);
    if (json) {
      Map<String, String> answer = new LinkedHashMap<>();
      answer.put("token", token);
      answer.put("role", role);
      answer.put("subject", subject);
      answer.put("expires", expires.toString());
      System.out.print(Json.write(answer));
    } else {
      System.out.println(token);
    }
    return 0;
  }

  private void requireRole() {
    if (Arrays.stream(Role.values()).noneMatch(known -> known.claim().equals(role))) {
      throw StackFailure.usage(
          "--role is '%s', but must be one of %s."
              .formatted(
                  role,
                  Arrays.stream(Role.values()).map(Role::claim).collect(Collectors.joining(", "))));
    }
  }

  private void requireSubject() {
    if (subject.isBlank()) {
      throw StackFailure.usage("--subject is empty, but must name whom the token is for.");
    }
  }

  private Duration life() {
    Duration duration = Durations.parse("--ttl", life);
    if (duration.compareTo(LONGEST) > 0) {
      throw StackFailure.usage(
          "--ttl is '%s', but must not be above %s: a token cannot be taken back."
              .formatted(life, Durations.format(LONGEST)));
    }
    return duration;
  }
}
