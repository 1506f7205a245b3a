-- A sweep refreshes rentals of which only one side has rows.
ALTER TABLE run DROP CONSTRAINT run_kind_check;
ALTER TABLE run ADD CONSTRAINT run_kind_check CHECK (kind IN ('load', 'poll', 'sweep'));
