CREATE VIEW IF NOT EXISTS customer_order_flat_current AS
SELECT
    rental_id,
    payment_id,
    category_id,
    customer_id,
    customer_name,
    film_id,
    film_title,
    category,
    amount,
    rental_date,
    return_date,
    row_version
FROM customer_order_flat FINAL
WHERE is_deleted = 0
