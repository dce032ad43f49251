-- Messages, sessions and complaints of a log as columns, by window functions.
--
-- In: the variables `files` (part files in log order) and `wanted_until` (microseconds; null: all).
-- Out: pieces, session_samples, complaints, holders, marked, spam_days, bot_days, stores, accounts.
-- Instants and limits are microseconds since 1970-01-01 UTC; Shanghai is eight hours ahead. Names
-- travel as 64-bit hashes; the account 0 is nobody.

CREATE OR REPLACE MACRO day_of(instant) AS (instant + 28_800_000_000) // 86_400_000_000;
CREATE OR REPLACE MACRO is_inside(instant) AS
    (instant + 28_800_000_000) % 86_400_000_000 BETWEEN 28_800_000_000 AND 82_799_999_999;

SET VARIABLE as_of = (
    SELECT coalesce(getvariable('wanted_until'), epoch_us(max("at")))
    FROM read_parquet(getvariable('files'))
);

-- The number of the first row of each file, so that an event's place in the log fits 32 bits.
SET VARIABLE firsts = (
    SELECT list(rows_until - num_rows ORDER BY number)
    FROM (
        SELECT number, num_rows, sum(num_rows) OVER (ORDER BY number) AS rows_until
        FROM parquet_file_metadata(getvariable('files'))
        JOIN (SELECT
            unnest(getvariable('files')) AS file_name,
            generate_subscripts(getvariable('files'), 1) AS number
        ) USING (file_name)
    )
);

CREATE OR REPLACE TEMP VIEW places AS
SELECT *, (getvariable('firsts')[file_index::BIGINT + 1] + file_row_number)::UINTEGER AS place
FROM read_parquet(getvariable('files'));

CREATE OR REPLACE TEMP VIEW log AS
FROM places
WHERE "at" <= make_timestamptz(getvariable('as_of'));

CREATE OR REPLACE TEMP TABLE stores AS
SELECT DISTINCT shop, channel, hash(shop, channel) AS store
FROM read_parquet(getvariable('files'));

CREATE OR REPLACE TEMP TABLE accounts AS
SELECT DISTINCT account AS name, hash(account) AS account
FROM read_parquet(getvariable('files')) WHERE account IS NOT NULL;

-- Replies that were taken back: they still keep a session alive, but answer nobody. Source ids
-- are sought alone, and the few that are found compared with their shop and channel.
CREATE OR REPLACE TEMP TABLE recalls AS
SELECT DISTINCT shop, channel, about AS source_id
FROM log
WHERE kind = 'message.recalled' AND about IS NOT NULL;

CREATE OR REPLACE TEMP TABLE recalled AS
SELECT place
FROM (
    SELECT place, shop, channel, source_id
    FROM places
    WHERE source_id IN (SELECT source_id FROM recalls)
)
SEMI JOIN recalls USING (shop, channel, source_id);

-- What an event does is what its kind may do, less what its actor, origin, purpose and mark forbid:
-- 1 asks, 2 replies, 4 answers as a bot, 8 keeps the session alive, 16 assigns or unassigns,
-- 32 asks for a human, 64 reports spam, 128 confirms it, 256 rejects it, 512 marks a buyer as staff,
-- 1024 unmarks, 2048 opens a complaint, 4096 closes complaints, 8192 marks a buyer as malicious,
-- 16384 unmarks. A look-up in a constant map is done once for each word of a dictionary, not for
-- each row.
CREATE OR REPLACE TEMP TABLE events AS
SELECT * FROM (
    SELECT
        hash(shop, channel, conversation) AS conversation,
        hash(shop, channel) AS store,
        epoch_us("at") AS instant,
        place,
        CASE WHEN account <> 'unassigned' AND kind <> 'unassigned' THEN hash(account) ELSE 0 END
            AS account,
        (
            MAP {
                'text': 15, 'emoji': 15, 'image': 15, 'video': 15, 'file': 15,
                'card.product': 14, 'card.buyer_show': 14, 'card.group': 14,
                'card.small_payment': 14, 'card.order_reminder': 14, 'card.refund_agreed': 14,
                'card.cashback': 14, 'coupon': 14,
                'op.address_review': 10, 'op.price_change': 10, 'op.return_tracking_change': 10,
                'op.link': 10, 'op.proxy_order': 10, 'op.proxy_aftersale': 10, 'op.recommend': 10,
                'assigned': 16, 'transferred': 16, 'unassigned': 16, 'human_requested': 32,
                'spam.reported': 64, 'spam.confirmed': 128, 'spam.rejected': 256,
                'buyer.marked': 8704, 'buyer.unmarked': 17408,
                'complaint.opened': 2048, 'complaint.closed': 4096
            }[kind]
            & MAP {'buyer': 32761, 'agent': 32762, 'bot': 32764, 'system': 32760}[actor]
            & MAP {
                'human': 32767, 'assisted': 32767,
                'bot': 32765, 'auto': 32765, 'batch': 32765, 'system': 32765
            }[origin]
            & coalesce(MAP {'greeting': 32763, 'menu': 32763, 'away': 32763}[purpose], 32767)
            & coalesce(
                MAP {'staff_or_test_account': 8191, 'malicious_user': 31231}[mark], 6655
            )
        )::USMALLINT AS does
    FROM log
)
WHERE does <> 0;

UPDATE events SET does = does & 32761 WHERE place IN (FROM recalled);

-- Buyers' messages, and the events that open a session, each with what stands around it.
CREATE OR REPLACE TEMP TABLE talk AS
SELECT
    conversation,
    store,
    instant,
    place,
    does & 1 <> 0 AS asks,
    coalesce(instant - lag(instant) OVER talking >= 1_800_000_000, true) AS opens_session,
    lead(CASE WHEN does & 2 <> 0 THEN instant END IGNORE NULLS) OVER talking AS reply_at,
    lead(CASE WHEN does & 2 <> 0 THEN account END IGNORE NULLS) OVER talking AS replier,
    -- the instant of the reply before; 0 if the buyer spoke last
    lag(CASE WHEN does & 2 <> 0 THEN instant WHEN does & 1 <> 0 THEN 0 END IGNORE NULLS)
        OVER talking AS before,
    -- the instant of the next message, or that of a bot's answer below zero
    lead(CASE WHEN does & 1 <> 0 THEN instant WHEN does & 4 <> 0 THEN -instant END IGNORE NULLS)
        OVER talking AS after
FROM events
WHERE does & 8 <> 0
WINDOW talking AS (PARTITION BY conversation ORDER BY instant, place)
QUALIFY asks OR opens_session;

-- The first round that starts in each session.
CREATE OR REPLACE TEMP TABLE session_samples AS
SELECT conversation, store, instant, day_of(instant) AS day, reply_at, replier
FROM (
    SELECT *, asks AND before IS DISTINCT FROM 0 AS opens_round
    FROM talk
    WHERE opens_session OR (asks AND before IS DISTINCT FROM 0)
)
QUALIFY opens_round AND (opens_session OR NOT coalesce(
    lag(opens_round) OVER (PARTITION BY conversation ORDER BY instant, place), false
));

-- Buyers whom no figure counts: marked at the end, or reported on a day and confirmed.
CREATE OR REPLACE TEMP TABLE marked AS
SELECT DISTINCT conversation
FROM (
    SELECT conversation, does
    FROM events
    WHERE does IN (512, 1024, 8192, 16384)
    QUALIFY row_number() OVER (
        PARTITION BY conversation, does < 8192 ORDER BY instant DESC, place DESC
    ) = 1
)
WHERE does IN (512, 8192);

CREATE OR REPLACE TEMP TABLE spam_days AS
SELECT DISTINCT conversation, day
FROM (
    SELECT
        conversation,
        day_of(first(instant ORDER BY instant, place)) AS day,
        last(does ORDER BY instant, place) AS verdict
    FROM (
        SELECT *, sum((does = 64)::INT) OVER (
            PARTITION BY conversation ORDER BY instant, place ROWS UNBOUNDED PRECEDING
        ) AS report
        FROM events
        WHERE does IN (64, 128, 256)
    )
    WHERE report > 0
    GROUP BY conversation, report
)
WHERE verdict = 128;

-- Messages and rounds of a conversation's day, added up by who replied (null: nobody yet).
-- `within` limits of so many seconds: the wait of what is answered, the age of what is not. So in
-- an answered piece they count hits, in an unanswered one what is pending.
CREATE OR REPLACE TEMP TABLE pieces AS
WITH asked AS (
    SELECT
        *,
        day_of(instant) AS day,
        is_inside(instant) AS inside,
        before IS DISTINCT FROM 0 AS opens_round,
        coalesce(reply_at, getvariable('as_of')) - instant AS measured
    FROM talk
    WHERE asks
),
windowed AS (
    SELECT
        *,
        CASE WHEN inside THEN measured END AS message,
        CASE WHEN inside AND opens_round THEN measured END AS round,
        CASE WHEN opens_round THEN measured END AS round_anytime
    FROM asked
)
SELECT
    conversation,
    day,
    replier,
    any_value(store) AS store,
    count(*) AS messages,
    count(message) AS counted,
    count(CASE WHEN message <= 30_000_000 THEN 1 END) AS within_30,
    count(CASE WHEN message <= 180_000_000 THEN 1 END) AS within_180,
    count(CASE WHEN message <= 3_600_000_000 THEN 1 END) AS within_3600,
    sum(message)::BIGINT AS measured,
    count(round_anytime) AS rounds,
    count(round) AS rounds_counted,
    count(CASE WHEN round <= 180_000_000 THEN 1 END) AS rounds_within_180,
    count(CASE WHEN round <= 300_000_000 THEN 1 END) AS rounds_within_300,
    count(CASE WHEN round_anytime <= 172_800_000_000 THEN 1 END) AS rounds_within_48h,
    sum(round)::BIGINT AS rounds_measured,
    -- the first counted round, and in the last bit whether it is not within the hour
    min(CASE WHEN round <= 3_600_000_000 THEN instant * 2 WHEN round > 0 THEN instant * 2 + 1 END)
        AS first_round,
    -- what tells that the bot did not serve this buyer alone
    count(CASE
        WHEN day_of(reply_at) = day OR (before > 0 AND day_of(before) = day) THEN 1
        WHEN after < 0 AND day_of(-after) = day THEN NULL
        WHEN after > 0 AND day_of(after) = day AND after - instant < 30_000_000 THEN NULL
        ELSE 1
    END) AS unserved
FROM windowed
GROUP BY conversation, day, replier;

-- Days on which the bot served the buyer alone.
CREATE OR REPLACE TEMP TABLE bot_days AS
SELECT conversation, day
FROM pieces
GROUP BY conversation, day
HAVING sum(unserved) = 0;

DELETE FROM bot_days WHERE (conversation, day) IN (
    SELECT (conversation, day_of(instant)) FROM events WHERE does = 32
);

-- Who holds a conversation's unanswered round when each limit passes.
CREATE OR REPLACE TEMP TABLE holders AS
WITH open_rounds AS (
    SELECT conversation, min(instant) AS start
    FROM talk
    WHERE asks AND reply_at IS NULL
    GROUP BY conversation
),
handed AS (
    SELECT conversation, instant, arg_max(account, place) AS account
    FROM events
    SEMI JOIN open_rounds USING (conversation)
    WHERE does = 16
    GROUP BY conversation, instant
)
SELECT
    conversation,
    arg_max(account, instant) FILTER (instant <= start + 30_000_000) AS holder_30,
    arg_max(account, instant) FILTER (instant <= start + 180_000_000) AS holder_180,
    arg_max(account, instant) FILTER (instant <= start + 300_000_000) AS holder_300,
    arg_max(account, instant) FILTER (instant <= start + 3_600_000_000) AS holder_3600,
    arg_max(account, instant) FILTER (instant <= start + 172_800_000_000) AS holder_48h,
    arg_max(account, instant) AS holder
FROM open_rounds JOIN handed USING (conversation)
GROUP BY conversation;

-- Opened complaints, each a sample of the 48 hours.
CREATE OR REPLACE TEMP TABLE complaints AS
WITH told AS (
    SELECT
        conversation, store, instant, does,
        lead(CASE WHEN does & 4098 <> 0 THEN instant END IGNORE NULLS) OVER telling AS reply_at,
        lead(CASE WHEN does & 4098 <> 0 THEN account END IGNORE NULLS) OVER telling AS replier
    FROM events
    SEMI JOIN (FROM events WHERE does = 2048) AS complained USING (conversation)
    WHERE does & 6146 <> 0
    WINDOW telling AS (PARTITION BY conversation ORDER BY instant, place)
    QUALIFY does = 2048
),
handed AS (
    SELECT conversation, instant, arg_max(account, place) AS account
    FROM events
    SEMI JOIN told USING (conversation)
    WHERE does = 16
    GROUP BY conversation, instant
)
SELECT
    told.store,
    told.conversation,
    day_of(told.instant) AS day,
    coalesce(told.replier, handed.account, 0) AS account,
    told.reply_at - told.instant AS wait,
    CASE WHEN told.reply_at IS NULL THEN getvariable('as_of') - told.instant END AS age
FROM told
ASOF LEFT JOIN handed
    ON told.conversation = handed.conversation
    AND told.instant + 172_800_000_000 >= handed.instant;
