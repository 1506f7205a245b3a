-- SET NOCOUNT ON: a count of rows is a result of its own, which would come before the one that is asked for. https://learn.microsoft.com/sql/t-sql/statements/set-nocount-transact-sql
-- SET XACT_ABORT ON: a failed statement ends its transaction; by default some leave it open, with a part of the refresh in it. https://learn.microsoft.com/sql/t-sql/statements/set-xact-abort-transact-sql
-- SET LOCK_TIMEOUT: 30 s in milliseconds, for the default waits for ever; well below the time-out of a statement, so that waiting (1222) is told from working. https://learn.microsoft.com/sql/t-sql/statements/set-lock-timeout-transact-sql
-- READ COMMITTED: the default, said aloud: the fence must see the last commit, which SNAPSHOT hides; what must not change is locked by hints. https://learn.microsoft.com/sql/t-sql/statements/set-transaction-isolation-level-transact-sql
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET LOCK_TIMEOUT 30000;
SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
