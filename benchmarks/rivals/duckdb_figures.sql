-- The eleven Pinduoduo figures of docs/metrics.md section 8, by window functions.
--
-- Variables: files (part files in log order), as_of (microseconds). Result: the tables by_day and
-- by_account. Instants are microseconds since 1970-01-01 UTC, limits microseconds; Shanghai is
-- eight hours ahead all year. -1 is the account of nobody.

CREATE OR REPLACE MACRO local_day(instant) AS (instant + 28_800_000_000) // 86_400_000_000;
CREATE OR REPLACE MACRO in_window(instant) AS
    (instant + 28_800_000_000) % 86_400_000_000 >= 28_800_000_000
    AND (instant + 28_800_000_000) % 86_400_000_000 < 82_800_000_000;

CREATE OR REPLACE TEMP TABLE shops AS
SELECT shop, channel, hash(shop, channel) AS store
FROM read_parquet(getvariable('files')) GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE accounts AS
SELECT name, row_number() OVER () AS account
FROM (
    SELECT DISTINCT account AS name FROM read_parquet(getvariable('files'))
    WHERE account IS NOT NULL AND account <> 'unassigned'
);

-- Every event that does something, what it does as a word of one byte, and its place in the log.
CREATE OR REPLACE TEMP TABLE events AS
SELECT * FROM (
    SELECT
        hash(shop, channel, conversation) AS conversation,
        hash(shop, channel) AS store,
        epoch_us("at") AS instant,
        (file_index << 40) + file_row_number AS place,
        account,
        CASE
            WHEN kind IN ('text', 'emoji', 'image', 'video', 'file') THEN
                CASE actor WHEN 'buyer' THEN 1 WHEN 'bot' THEN 3 ELSE 2 END
            ELSE 4
        END AS does
    FROM read_parquet(getvariable('files'))
    WHERE epoch_us("at") <= getvariable('as_of')
);
