package org.etlsandbox.stack.doctor;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;

/**
 * A canary: wall-clock values must come back as they went, and the session must obey its time zone.
 * The session is on UTC already.
 */
final class ClockProbe implements JupiterProbe {

  /** An hour that Central European clocks skip: conversion through a local zone would move it. */
  private static final LocalDateTime CANARY = LocalDateTime.of(2026, 3, 29, 2, 30, 0);

  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0, 0);

  private static final String QUESTION =
      """
      SELECT CAST('2026-03-29 02:30:00' AS DATETIME),
             CAST(? AS DATETIME),
             CAST(FROM_UNIXTIME(0) AS DATETIME),
             @@GLOBAL.time_zone,
             @@system_time_zone
      """;

  @Override
  public String subject() {
    return "jupiter time zone";
  }

  @Override
  public List<Finding> look(Connection jupiter) throws SQLException {
    try (PreparedStatement statement = jupiter.prepareStatement(QUESTION)) {
      statement.setObject(1, CANARY);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        LocalDateTime read = row.getObject(1, LocalDateTime.class);
        LocalDateTime returned = row.getObject(2, LocalDateTime.class);
        LocalDateTime epoch = row.getObject(3, LocalDateTime.class);
        String server = row.getString(4) + "/" + row.getString(5);
        if (CANARY.equals(read) && CANARY.equals(returned) && EPOCH.equals(epoch)) {
          return List.of(
              Finding.ok(
                  subject(),
                  "no shift in a session on UTC (server: global/system " + server + ")"));
        }
        return List.of(
            Finding.fail(
                subject(),
                "shifted: %s came back as %s and %s, the epoch as %s (server: %s)"
                    .formatted(CANARY, read, returned, epoch, server),
                "remove connectionTimeZone, serverTimezone and the like from JUPITER_URL"));
      }
    }
  }
}
