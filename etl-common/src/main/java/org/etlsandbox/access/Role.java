package org.etlsandbox.access;

/** What a caller may do. Each role includes the ones before it, but for {@link #SCRAPE}. */
public enum Role {
  /** Queries and status. */
  READ("etl.read"),
  /** Changes how a running service behaves. */
  OPERATE("etl.operate"),
  /** Everything, {@link #SCRAPE} included. */
  ADMIN("etl.admin"),
  /** Reads the meters, nothing else. */
  SCRAPE("etl.scrape");

  /** Spring Security keeps roles apart from other authorities by it. */
  static final String PREFIX = "ROLE_";

  private final String claim;

  Role(String claim) {
    this.claim = claim;
  }

  /** As tokens name it. */
  public String claim() {
    return claim;
  }

  /** As Spring Security names it. */
  String authority() {
    return PREFIX + claim;
  }
}
