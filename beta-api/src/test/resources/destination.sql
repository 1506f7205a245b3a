CREATE TABLE customer_order_flat (
  rental_id bigint NOT NULL,
  payment_id bigint NOT NULL,
  category_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  customer_name text COLLATE "C" NOT NULL,
  film_id bigint NOT NULL,
  film_title text COLLATE "C" NOT NULL,
  category text COLLATE "C" NOT NULL,
  amount numeric(10, 2) NOT NULL,
  rental_date timestamp NOT NULL,
  return_date timestamp,
  row_version bigint NOT NULL,
  is_deleted boolean NOT NULL,
  PRIMARY KEY (rental_id, payment_id, category_id)
);

CREATE VIEW customer_order_flat_current AS
SELECT * FROM customer_order_flat WHERE NOT is_deleted;
