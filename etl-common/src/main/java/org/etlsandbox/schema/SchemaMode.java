package org.etlsandbox.schema;

/** What a worker does about tables that are missing or of another version. */
public enum SchemaMode {
  /** Makes them and brings them to the current version; needs the right to create tables. */
  MIGRATE,
  /** Refuses them, and changes none; needs the right to read and write rows only. */
  VALIDATE
}
