CREATE TABLE IF NOT EXISTS customer_order_flat
(
    rental_id     UInt32,
    payment_id    UInt32,
    category_id   UInt32,
    customer_id   UInt32,
    customer_name String,
    film_id       UInt32,
    film_title    String,
    category      String,
    amount        Decimal(10, 2),
    rental_date   DateTime64(0, 'UTC') COMMENT 'wall clock of Jupiter, labelled UTC so that no client shifts it',
    return_date   Nullable(DateTime64(0, 'UTC')) COMMENT 'wall clock of Jupiter; null while the film is out',
    row_version   UInt64 COMMENT 'number of the refresh that wrote the row; the highest of a key wins',
    is_deleted    UInt8 COMMENT '1: tombstone'
)
ENGINE = ReplacingMergeTree(row_version, is_deleted)
ORDER BY (rental_id, payment_id, category_id)
SETTINGS non_replicated_deduplication_window = 1000
