package org.etlsandbox.sqlserver;

/**
 * Every statement that this adapter sends by itself (a bulk copy sends its own: {@link BulkCopy}).
 *
 * <p>Each is kept, with links to the reasons for its hints and options, as a golden file next to
 * the tests: what is said here to the lock manager shows on a real server under load only.
 */
final class Statements {

  /** Once on every new connection. */
  static final String SESSION =
      """
      SET NOCOUNT ON;
      SET XACT_ABORT ON;
      SET LOCK_TIMEOUT 30000;
      SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
      """;

  static final String PING = "SELECT 1";

  static final String SERVER =
      """
      SELECT CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128)) AS version,
             CAST(SERVERPROPERTY('EngineEdition') AS int) AS edition,
             CAST(SERVERPROPERTY('BabelfishVersion') AS nvarchar(128)) AS babelfish
      """;

  static final String DATABASE_OPTIONS =
      """
      SELECT name, compatibility_level, delayed_durability
        FROM sys.databases
       WHERE database_id = DB_ID();
      """;

  static final String STATE =
      """
      SELECT incarnation,
             epoch,
             (SELECT ISNULL(MAX(row_version), 0) FROM customer_order_flat) AS max_row_version
        FROM etl_destination;
      """;

  /** The first SELECT begins the transaction, which the lock is to belong to. */
  static final String ENTER_FENCE =
      """
      DECLARE @granted int, @epoch bigint;
      SELECT @epoch = epoch FROM etl_destination;
      EXECUTE @granted = sp_getapplock
        @Resource = N'etl_destination',
        @LockMode = N'Shared',
        @LockOwner = N'Transaction',
        @LockTimeout = 30000;
      SELECT @granted AS granted, epoch FROM etl_destination;
      """;

  static final String CLOSE_FENCE =
      """
      DECLARE @granted int, @epoch bigint;
      SELECT @epoch = epoch FROM etl_destination;
      EXECUTE @granted = sp_getapplock
        @Resource = N'etl_destination',
        @LockMode = N'Exclusive',
        @LockOwner = N'Transaction',
        @LockTimeout = 45000;
      SELECT @granted AS granted, epoch FROM etl_destination;
      """;

  static final String RAISE_EPOCH = "UPDATE etl_destination SET epoch = ?";

  static final String IS_NEW =
      """
      SELECT CASE WHEN EXISTS (
               SELECT 1 FROM customer_order_flat WHERE rental_id > ? AND rental_id <= ?)
             THEN 0 ELSE 1 END AS is_new;
      """;

  /** One a connection. Dates are texts: see {@link FlatBulkData}. */
  static final String EMPTY_STAGING =
      """
      IF OBJECT_ID(N'tempdb..#etl_staging') IS NULL
        CREATE TABLE #etl_staging (
          rental_id     bigint         NOT NULL,
          payment_id    bigint         NOT NULL,
          category_id   bigint         NOT NULL,
          customer_id   bigint         NOT NULL,
          customer_name nvarchar(182)  COLLATE Latin1_General_100_BIN2 NOT NULL,
          film_id       bigint         NOT NULL,
          film_title    nvarchar(510)  COLLATE Latin1_General_100_BIN2 NOT NULL,
          category      nvarchar(50)   COLLATE Latin1_General_100_BIN2 NOT NULL,
          amount        decimal(10, 2) NOT NULL,
          rental_date   varchar(19)    NOT NULL,
          return_date   varchar(19)    NULL,
          row_version   bigint         NOT NULL,
          PRIMARY KEY CLUSTERED (rental_id, payment_id, category_id)
        )
      ELSE
        TRUNCATE TABLE #etl_staging;
      """;

  static final String TOMBSTONE_RANGE =
      """
      DECLARE @from bigint = ?, @to bigint = ?, @version bigint = ?;
      UPDATE t
         SET is_deleted = 1,
             row_version = @version
        FROM customer_order_flat AS t WITH (UPDLOCK, HOLDLOCK)
       WHERE t.rental_id > @from
         AND t.rental_id <= @to
         AND t.is_deleted = 0
         AND t.row_version <= @version
         AND NOT EXISTS (
               SELECT 1
                 FROM #etl_staging AS s
                WHERE s.rental_id = t.rental_id
                  AND s.payment_id = t.payment_id
                  AND s.category_id = t.category_id)
      OPTION (RECOMPILE);
      SELECT ROWCOUNT_BIG() AS tombstoned;
      """;

  static final String TOMBSTONE_RENTALS =
      """
      DECLARE @rentals nvarchar(max) = ?, @version bigint = ?;
      UPDATE t
         SET is_deleted = 1,
             row_version = @version
        FROM customer_order_flat AS t WITH (UPDLOCK, HOLDLOCK)
       WHERE t.rental_id IN (SELECT id FROM OPENJSON(@rentals) WITH (id bigint '$'))
         AND t.is_deleted = 0
         AND t.row_version <= @version
         AND NOT EXISTS (
               SELECT 1
                 FROM #etl_staging AS s
                WHERE s.rental_id = t.rental_id
                  AND s.payment_id = t.payment_id
                  AND s.category_id = t.category_id)
      OPTION (RECOMPILE);
      SELECT ROWCOUNT_BIG() AS tombstoned;
      """;

  /**
   * Tombstones that come back, live rows that differ, rows that are missing, in this order: a row
   * is touched by one of the three. The bounds let the optimizer read the scope's part only.
   */
  static final String UPSERT =
      """
      DECLARE @from bigint = ?, @to bigint = ?;
      DECLARE @revived bigint, @updated bigint, @inserted bigint;

      UPDATE t
         SET customer_id = s.customer_id,
             customer_name = s.customer_name,
             film_id = s.film_id,
             film_title = s.film_title,
             category = s.category,
             amount = s.amount,
             rental_date = CONVERT(datetime2(0), s.rental_date, 126),
             return_date = CONVERT(datetime2(0), s.return_date, 126),
             row_version = s.row_version,
             is_deleted = 0
        FROM customer_order_flat AS t WITH (UPDLOCK, HOLDLOCK)
        JOIN #etl_staging AS s
          ON s.rental_id = t.rental_id
         AND s.payment_id = t.payment_id
         AND s.category_id = t.category_id
       WHERE t.rental_id > @from
         AND t.rental_id <= @to
         AND t.is_deleted = 1
         AND t.row_version <= s.row_version
      OPTION (RECOMPILE);
      SET @revived = ROWCOUNT_BIG();

      UPDATE t
         SET customer_id = s.customer_id,
             customer_name = s.customer_name,
             film_id = s.film_id,
             film_title = s.film_title,
             category = s.category,
             amount = s.amount,
             rental_date = CONVERT(datetime2(0), s.rental_date, 126),
             return_date = CONVERT(datetime2(0), s.return_date, 126),
             row_version = s.row_version
        FROM customer_order_flat AS t WITH (UPDLOCK, HOLDLOCK)
        JOIN #etl_staging AS s
          ON s.rental_id = t.rental_id
         AND s.payment_id = t.payment_id
         AND s.category_id = t.category_id
       WHERE t.rental_id > @from
         AND t.rental_id <= @to
         AND t.is_deleted = 0
         AND t.row_version <= s.row_version
         AND EXISTS (
               SELECT s.customer_id,
                      s.customer_name,
                      DATALENGTH(s.customer_name),
                      s.film_id,
                      s.film_title,
                      DATALENGTH(s.film_title),
                      s.category,
                      DATALENGTH(s.category),
                      s.amount,
                      CONVERT(datetime2(0), s.rental_date, 126),
                      CONVERT(datetime2(0), s.return_date, 126)
               EXCEPT
               SELECT t.customer_id,
                      t.customer_name,
                      DATALENGTH(t.customer_name),
                      t.film_id,
                      t.film_title,
                      DATALENGTH(t.film_title),
                      t.category,
                      DATALENGTH(t.category),
                      t.amount,
                      t.rental_date,
                      t.return_date)
      OPTION (RECOMPILE);
      SET @updated = ROWCOUNT_BIG();

      INSERT INTO customer_order_flat
        (rental_id, payment_id, category_id, customer_id, customer_name, film_id, film_title,
         category, amount, rental_date, return_date, row_version, is_deleted)
      SELECT s.rental_id,
             s.payment_id,
             s.category_id,
             s.customer_id,
             s.customer_name,
             s.film_id,
             s.film_title,
             s.category,
             s.amount,
             CONVERT(datetime2(0), s.rental_date, 126),
             CONVERT(datetime2(0), s.return_date, 126),
             s.row_version,
             0
        FROM #etl_staging AS s
       WHERE NOT EXISTS (
               SELECT 1
                 FROM customer_order_flat AS t WITH (UPDLOCK, HOLDLOCK)
                WHERE t.rental_id = s.rental_id
                  AND t.payment_id = s.payment_id
                  AND t.category_id = s.category_id)
      OPTION (RECOMPILE);
      SET @inserted = ROWCOUNT_BIG();

      SELECT @revived AS revived, @updated AS updated, @inserted AS inserted;
      """;

  /** Of a range that the table does not know, so there is nothing to be compared with. */
  static final String INSERT_STAGED =
      """
      INSERT INTO customer_order_flat
        (rental_id, payment_id, category_id, customer_id, customer_name, film_id, film_title,
         category, amount, rental_date, return_date, row_version, is_deleted)
      SELECT rental_id,
             payment_id,
             category_id,
             customer_id,
             customer_name,
             film_id,
             film_title,
             category,
             amount,
             CONVERT(datetime2(0), rental_date, 126),
             CONVERT(datetime2(0), return_date, 126),
             row_version,
             0
        FROM #etl_staging;
      """;

  static final String RENTALS_HOLDING =
      """
      DECLARE @payments nvarchar(max) = ?;
      SELECT DISTINCT t.rental_id
        FROM customer_order_flat AS t
       WHERE t.payment_id IN (SELECT id FROM OPENJSON(@payments) WITH (id bigint '$'))
         AND t.is_deleted = 0
       ORDER BY t.rental_id
      OPTION (RECOMPILE);
      """;

  /** In steps: the locks and the log of one step stay small. */
  static final String PURGE_STEP =
      """
      DELETE TOP (10000)
        FROM customer_order_flat
       WHERE is_deleted = 1;
      SELECT ROWCOUNT_BIG() AS purged;
      """;

  static final String COUNT_LIVE =
      "SELECT COUNT_BIG(*) FROM customer_order_flat WHERE is_deleted = 0";

  static final String MAX_RENTAL_ID =
      "SELECT ISNULL(MAX(rental_id), 0) FROM customer_order_flat WHERE is_deleted = 0";

  static final String KEYS =
      """
      SELECT rental_id, payment_id, category_id
        FROM customer_order_flat
       WHERE rental_id > ?
         AND rental_id <= ?
         AND is_deleted = 0
       ORDER BY rental_id, payment_id, category_id;
      """;

  static final String STORED =
      """
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
             row_version,
             is_deleted
        FROM customer_order_flat
       WHERE rental_id > ?
         AND rental_id <= ?
       ORDER BY rental_id, payment_id, category_id;
      """;

  static final String CANARY_STAGED =
      """
      SELECT CONVERT(datetime2(0), rental_date, 126), CONVERT(datetime2(0), return_date, 126)
        FROM #etl_staging;
      """;

  /** As the table has it: here the server itself turns texts into dates while it bulk copies. */
  static final String CREATE_CANARY =
      """
      CREATE TABLE #etl_canary (
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
        is_deleted    bit            NOT NULL DEFAULT 0,
        PRIMARY KEY CLUSTERED (rental_id, payment_id, category_id)
      );
      """;

  static final String CANARY_STRAIGHT = "SELECT rental_date, return_date FROM #etl_canary";

  private Statements() {}
}
