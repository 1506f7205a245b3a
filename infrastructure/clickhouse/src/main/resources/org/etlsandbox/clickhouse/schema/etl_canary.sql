CREATE TABLE IF NOT EXISTS etl_canary
(
    id        UUID,
    wall      DateTime64(0, 'UTC'),
    wall_null Nullable(DateTime64(0, 'UTC'))
)
ENGINE = Memory
SETTINGS min_rows_to_keep = 100, max_rows_to_keep = 1000
