package org.etlsandbox.testkit.api;

import java.util.List;

/** What somebody might give for any parameter, by mistake or on purpose. */
final class HostileValues {

  private static final String HUGE = "9".repeat(3000);

  static final List<String> ALL =
      List.of(
          "",
          " ",
          HUGE,
          "A".repeat(3000),
          "-1",
          "0",
          "9223372036854775807",
          "9223372036854775808",
          "1.5",
          "1e400",
          "NaN",
          "0x10",
          "١٢",
          "true",
          "null",
          "[]",
          "{}",
          "2005-02-30",
          "9999-12-31T23:59:59.999999999Z",
          "éß😀",
          "\u0000",
          "a\u0000b",
          "\u202e\uffff\ufeff",
          "\r\nSet-Cookie: a=b",
          "' OR '1'='1",
          "1; DROP TABLE customer_order_flat; --",
          "1) OR (1=1",
          "x' UNION SELECT usename, passwd FROM pg_shadow --",
          "`; DROP TABLE rental; --",
          "\"; DROP TABLE rental; --",
          "]; DROP TABLE rental; --",
          "%",
          "_",
          "\\",
          "${jndi:ldap://127.0.0.1/a}",
          "#{7*7}",
          "{{7*7}}",
          "<script>alert(1)</script>",
          "../../../../etc/passwd",
          "..;/actuator/env",
          ".",
          "rentalId,amount",
          "--sort");

  private HostileValues() {}
}
