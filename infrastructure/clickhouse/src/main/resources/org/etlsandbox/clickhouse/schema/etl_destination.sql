CREATE TABLE IF NOT EXISTS etl_destination
(
    schema_version UInt32,
    epoch          UInt64 COMMENT 'leader admitted by this line; the highest is the admitted one',
    written_at     DateTime64(3, 'UTC') DEFAULT now64(3, 'UTC')
)
ENGINE = MergeTree
ORDER BY epoch
