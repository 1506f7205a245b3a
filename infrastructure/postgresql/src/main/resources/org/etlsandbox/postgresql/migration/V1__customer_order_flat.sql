-- Texts compare byte by byte: a change of case, accent or trailing blank is a change.
CREATE TABLE customer_order_flat (
  rental_id     bigint         NOT NULL,
  payment_id    bigint         NOT NULL,
  category_id   bigint         NOT NULL,
  customer_id   bigint         NOT NULL,
  customer_name text           COLLATE "C" NOT NULL,
  film_id       bigint         NOT NULL,
  film_title    text           COLLATE "C" NOT NULL,
  category      text           COLLATE "C" NOT NULL,
  amount        numeric(10, 2) NOT NULL,
  rental_date   timestamp(0)   NOT NULL,
  return_date   timestamp(0),
  row_version   bigint         NOT NULL,
  is_deleted    boolean        NOT NULL DEFAULT false,
  PRIMARY KEY (rental_id, payment_id, category_id)
);

-- A payment that moved to another rental is looked up under the old one.
CREATE INDEX customer_order_flat_payment ON customer_order_flat (payment_id);

CREATE VIEW customer_order_flat_current AS
SELECT rental_id,
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
  FROM customer_order_flat
 WHERE NOT is_deleted;

-- One row: which creation of this schema it is, and the leader that may write.
CREATE TABLE etl_destination (
  only_row    boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  incarnation uuid    NOT NULL DEFAULT gen_random_uuid(),
  epoch       bigint  NOT NULL DEFAULT 0
);

INSERT INTO etl_destination DEFAULT VALUES;
