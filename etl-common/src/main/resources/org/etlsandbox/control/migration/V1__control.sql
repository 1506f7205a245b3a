-- One row a worker: what it copies from and into, and what it has given out so far.
CREATE TABLE worker (
  name text PRIMARY KEY,
  epoch bigint NOT NULL DEFAULT 0,           -- number of the latest leadership
  row_version bigint NOT NULL DEFAULT 0,     -- the highest version given out
  source_identity text,                      -- null until the first session
  incarnation uuid,                          -- of the destination; null until a load has begun
  load_to bigint,                            -- the largest rental id when the load began
  loaded_at timestamptz                      -- null while the load is under way
);

-- Up to where each table has been copied, on Jupiter's clock. Updated in place.
CREATE TABLE checkpoint (
  worker text NOT NULL REFERENCES worker,
  source_table text NOT NULL,
  watermark timestamptz NOT NULL,
  epoch bigint NOT NULL,
  PRIMARY KEY (worker, source_table)
);

-- Only runs that moved data, or tried to.
CREATE TABLE run (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  worker text NOT NULL REFERENCES worker,
  kind text NOT NULL CHECK (kind IN ('load', 'poll')),
  epoch bigint NOT NULL,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  finished_at timestamptz,
  outcome text NOT NULL DEFAULT 'running' CHECK (outcome IN ('running', 'completed', 'failed', 'abandoned')),
  rows_read bigint NOT NULL DEFAULT 0,
  inserted bigint NOT NULL DEFAULT 0,
  updated bigint NOT NULL DEFAULT 0,
  tombstoned bigint NOT NULL DEFAULT 0,
  unchanged bigint NOT NULL DEFAULT 0,
  quarantined bigint NOT NULL DEFAULT 0,     -- rentals
  error text
);
CREATE INDEX run_by_worker ON run (worker, id);

-- What each run refreshed: a range (range_from, range_to], or rental_ids.
CREATE TABLE run_scope (
  run_id bigint NOT NULL REFERENCES run ON DELETE CASCADE,
  row_version bigint NOT NULL,
  range_from bigint,
  range_to bigint,
  rental_ids bigint[],
  rows_read bigint NOT NULL,
  inserted bigint NOT NULL,
  updated bigint NOT NULL,
  tombstoned bigint NOT NULL,
  unchanged bigint NOT NULL,
  finished_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK ((rental_ids IS NULL) = (range_from IS NOT NULL AND range_to IS NOT NULL))
);
CREATE INDEX run_scope_by_run ON run_scope (run_id);

-- Ranges that the initial load has finished. Read again after a restart.
CREATE TABLE load_range (
  worker text NOT NULL REFERENCES worker,
  range_from bigint NOT NULL,
  range_to bigint NOT NULL CHECK (range_to > range_from),
  run_id bigint NOT NULL REFERENCES run,
  PRIMARY KEY (worker, range_from)
);

CREATE TABLE quarantine (
  worker text NOT NULL REFERENCES worker,
  rental_id bigint NOT NULL,
  reason text NOT NULL,
  tries integer NOT NULL DEFAULT 1,
  first_seen timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_seen timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (worker, rental_id)
);

-- The table that ShedLock works on.
CREATE TABLE lease (
  name varchar(64) PRIMARY KEY,
  lock_until timestamp NOT NULL,
  locked_at timestamp NOT NULL,
  locked_by varchar(255) NOT NULL
);
