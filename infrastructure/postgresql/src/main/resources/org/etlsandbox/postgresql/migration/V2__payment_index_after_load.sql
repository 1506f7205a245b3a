-- An empty table is loaded without this index, and gets it when the load has ended: building it then
-- takes a fraction of the time. A table that is loaded keeps it.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM customer_order_flat) THEN
    DROP INDEX customer_order_flat_payment;
  END IF;
END
$$;
