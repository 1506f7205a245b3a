-- SELECT @epoch: reads a table first, for in the driver's implicit transactions that is what begins one; EXECUTE does not. https://learn.microsoft.com/sql/t-sql/statements/set-implicit-transactions-transact-sql
-- sp_getapplock: a lock by a call of its own, which hangs neither on a hint nor on READ_COMMITTED_SNAPSHOT, where a plain read locks nothing. https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-getapplock-transact-sql
-- N'Exclusive': waits for the writes under way, and keeps new ones out until the new epoch is committed. https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-getapplock-transact-sql
-- @LockOwner: of the transaction: gone with it, by commit, rollback or a lost connection, so nobody has to release it. https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-getapplock-transact-sql
-- @LockTimeout: 45 s, then -1: longer than a writer waits for any lock of its own. https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-getapplock-transact-sql
-- @granted: it answers by return code and raises no error; a deadlock at it rolls nothing back by itself. https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-getapplock-transact-sql
-- SELECT @granted: the epoch again, in a statement after the lock: READ COMMITTED shows it what was committed before it began. https://learn.microsoft.com/sql/t-sql/statements/set-transaction-isolation-level-transact-sql
DECLARE @granted int, @epoch bigint;
SELECT @epoch = epoch FROM etl_destination;
EXECUTE @granted = sp_getapplock
  @Resource = N'etl_destination',
  @LockMode = N'Exclusive',
  @LockOwner = N'Transaction',
  @LockTimeout = 45000;
SELECT @granted AS granted, epoch FROM etl_destination;
