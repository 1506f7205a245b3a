-- Lengths are in UTF-16 code units, two for a character beyond U+FFFF: twice Sakila's characters.
-- A binary collation: a change of case, accent or width is a change. Trailing blanks are compared
-- by DATALENGTH, since SQL Server pads what it compares.
CREATE TABLE customer_order_flat (
  rental_id     bigint         NOT NULL,
  payment_id    bigint         NOT NULL,
  category_id   bigint         NOT NULL,
  customer_id   bigint         NOT NULL,
  customer_name nvarchar(182)  COLLATE Latin1_General_100_BIN2 NOT NULL,
  film_id       bigint         NOT NULL,
  film_title    nvarchar(510)  COLLATE Latin1_General_100_BIN2 NOT NULL,
  category      nvarchar(50)   COLLATE Latin1_General_100_BIN2 NOT NULL,
  amount        decimal(10, 2) NOT NULL,
  rental_date   datetime2(0)   NOT NULL,
  return_date   datetime2(0)   NULL,
  row_version   bigint         NOT NULL,
  is_deleted    bit            NOT NULL CONSTRAINT customer_order_flat_live DEFAULT 0,
  -- Rows arrive in this order, and are asked for in ranges of rental_id. Without page locks, since
  -- neighbouring scopes meet on a page, and would wait for each other although they share no row.
  CONSTRAINT customer_order_flat_key
    PRIMARY KEY CLUSTERED (rental_id, payment_id, category_id) WITH (ALLOW_PAGE_LOCKS = OFF)
);

-- A scope of more than 5,000 rows must not end in a lock on the table, which stops all others.
ALTER TABLE customer_order_flat SET (LOCK_ESCALATION = DISABLE);

-- A payment that moved to another rental is looked up under the old one.
CREATE INDEX customer_order_flat_payment
  ON customer_order_flat (payment_id) INCLUDE (is_deleted) WITH (ALLOW_PAGE_LOCKS = OFF);
GO

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
 WHERE is_deleted = 0;
GO

-- One row: which creation of this schema it is, and the leader that may write.
CREATE TABLE etl_destination (
  only_row    bit              NOT NULL CONSTRAINT etl_destination_only_row DEFAULT 1,
  incarnation uniqueidentifier NOT NULL CONSTRAINT etl_destination_incarnation DEFAULT NEWID(),
  epoch       bigint           NOT NULL CONSTRAINT etl_destination_epoch DEFAULT 0,
  CONSTRAINT etl_destination_key PRIMARY KEY (only_row),
  CONSTRAINT etl_destination_one CHECK (only_row = 1)
);

INSERT INTO etl_destination (only_row) VALUES (1);
