-- The eleven Pinduoduo figures of docs/metrics.md section 8, by window functions.
--
-- In: the variables `files` (part files in log order) and `as_of` (microseconds).
-- Out: the tables `by_day` and `by_account`.
-- Instants and limits are microseconds since 1970-01-01 UTC; Shanghai is eight hours ahead. Names
-- travel as 64-bit hashes; the account 0 is nobody.

CREATE OR REPLACE MACRO day_of(instant) AS (instant + 28_800_000_000) // 86_400_000_000;
CREATE OR REPLACE MACRO is_inside(instant) AS
    (instant + 28_800_000_000) % 86_400_000_000 BETWEEN 28_800_000_000 AND 82_799_999_999;

CREATE OR REPLACE TEMP VIEW log AS
SELECT *, (file_index << 40) + file_row_number AS place
FROM read_parquet(getvariable('files'))
WHERE "at" <= make_timestamptz(getvariable('as_of'));

CREATE OR REPLACE TEMP TABLE stores AS
SELECT DISTINCT shop, channel, hash(shop, channel) AS store
FROM read_parquet(getvariable('files'));

CREATE OR REPLACE TEMP TABLE accounts AS
SELECT DISTINCT account AS name, hash(account) AS account
FROM read_parquet(getvariable('files')) WHERE account IS NOT NULL;

-- Replies that were taken back: they still keep a session alive, but answer nobody.
CREATE OR REPLACE TEMP TABLE recalled AS
SELECT place
FROM log
SEMI JOIN (
    SELECT shop, channel, about AS source_id FROM log
    WHERE kind = 'message.recalled' AND about IS NOT NULL
) USING (shop, channel, source_id);

-- What an event does is what its kind may do, less what its actor, origin and purpose forbid:
-- 1 asks, 2 replies, 4 answers as a bot, 8 keeps the session alive, 16 assigns or unassigns,
-- 32 asks for a human, 64 reports spam, 128 confirms it, 256 rejects it, 512 marks the buyer,
-- 1024 unmarks, 2048 opens a complaint, 4096 closes complaints. A look-up in a constant map is
-- done once for each word of a dictionary, not for each row.
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
                'buyer.marked': 512, 'buyer.unmarked': 1024,
                'complaint.opened': 2048, 'complaint.closed': 4096
            }[kind]
            & MAP {'buyer': 8185, 'agent': 8186, 'bot': 8188, 'system': 8184}[actor]
            & MAP {
                'human': 8191, 'assisted': 8191,
                'bot': 8189, 'auto': 8189, 'batch': 8189, 'system': 8189
            }[origin]
            & coalesce(MAP {'greeting': 8187, 'menu': 8187, 'away': 8187}[purpose], 8191)
        )::USMALLINT AS does
    FROM log
)
WHERE does <> 0;

UPDATE events SET does = does & 8185 WHERE place IN (FROM recalled);

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
    SELECT hash(shop, channel, conversation) AS conversation, kind
    FROM log
    WHERE kind IN ('buyer.marked', 'buyer.unmarked')
        AND mark IN ('staff_or_test_account', 'malicious_user')
    QUALIFY row_number() OVER (
        PARTITION BY shop, channel, conversation, mark ORDER BY "at" DESC, place DESC
    ) = 1
)
WHERE kind = 'buyer.marked';

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
-- `late` and `young` are by limit in seconds: answered too late, unanswered and not yet older.
CREATE OR REPLACE TEMP TABLE pieces AS
WITH asked AS (
    SELECT
        *,
        day_of(instant) AS day,
        is_inside(instant) AS inside,
        before IS DISTINCT FROM 0 AS opens_round,
        reply_at - instant AS wait,
        CASE WHEN reply_at IS NULL THEN getvariable('as_of') - instant END AS age
    FROM talk
    WHERE asks
)
SELECT
    conversation,
    day,
    replier,
    any_value(store) AS store,
    count(*) AS messages,
    count(CASE WHEN inside THEN 1 END) AS counted,
    count(CASE WHEN inside AND wait <= 30_000_000 THEN 1 END) AS hits_30,
    count(CASE WHEN inside AND wait <= 180_000_000 THEN 1 END) AS hits_180,
    count(CASE WHEN inside AND wait <= 3_600_000_000 THEN 1 END) AS hits_3600,
    count(CASE WHEN inside AND age <= 30_000_000 THEN 1 END) AS young_30,
    count(CASE WHEN inside AND age <= 180_000_000 THEN 1 END) AS young_180,
    count(CASE WHEN inside AND age <= 3_600_000_000 THEN 1 END) AS young_3600,
    sum(CASE WHEN inside THEN wait END)::BIGINT AS waited,
    count(CASE WHEN opens_round THEN 1 END) AS rounds,
    count(CASE WHEN inside AND opens_round THEN 1 END) AS rounds_counted,
    count(CASE WHEN inside AND opens_round AND wait <= 180_000_000 THEN 1 END) AS round_hits_180,
    count(CASE WHEN inside AND opens_round AND wait <= 300_000_000 THEN 1 END) AS round_hits_300,
    count(CASE WHEN opens_round AND wait <= 172_800_000_000 THEN 1 END) AS round_hits_48h,
    count(CASE WHEN inside AND opens_round AND age <= 180_000_000 THEN 1 END) AS round_young_180,
    count(CASE WHEN inside AND opens_round AND age <= 300_000_000 THEN 1 END) AS round_young_300,
    count(CASE WHEN opens_round AND age <= 172_800_000_000 THEN 1 END) AS round_young_48h,
    sum(CASE WHEN inside AND opens_round THEN wait END)::BIGINT AS round_waited,
    -- the first counted round, and in the last two bits whether it is a hit, a miss or pending
    min(CASE WHEN inside AND opens_round THEN instant * 4 + CASE
        WHEN wait <= 3_600_000_000 THEN 0 WHEN age <= 3_600_000_000 THEN 2 ELSE 1
    END END) AS first_round,
    -- what tells that the bot did not serve this buyer alone
    count(CASE
        WHEN day_of(reply_at) = day OR (before > 0 AND day_of(before) = day) THEN 1
        WHEN after < 0 AND day_of(-after) = day THEN NULL
        WHEN after > 0 AND day_of(after) = day AND after - instant < 30_000_000 THEN NULL
        ELSE 1
    END) AS unserved
FROM asked
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

-- Every piece with whom it belongs to at each limit, and whether it is excluded.
CREATE OR REPLACE TEMP TABLE held AS
SELECT
    pieces.*,
    replier IS NOT NULL AS answered,
    coalesce(replier, holder_30, 0) AS by_30,
    coalesce(replier, holder_180, 0) AS by_180,
    coalesce(replier, holder_300, 0) AS by_300,
    coalesce(replier, holder_3600, 0) AS by_3600,
    coalesce(replier, holder_48h, 0) AS by_48h,
    coalesce(replier, holder, 0) AS by_end,
    marked.conversation IS NOT NULL OR spam_days.conversation IS NOT NULL AS excluded,
    bot_days.conversation IS NOT NULL AS bot_only
FROM pieces
LEFT JOIN holders USING (conversation)
LEFT JOIN marked USING (conversation)
LEFT JOIN spam_days USING (conversation, day)
LEFT JOIN bot_days USING (conversation, day);

-- Figures that add up: by store, day and account, so that days are their sums.
CREATE OR REPLACE TEMP TABLE added AS
SELECT
    store, day, by_180 AS account, 'reply_3min_round' AS metric,
    sum(CASE WHEN NOT excluded THEN round_hits_180 END) AS numerator,
    sum(CASE WHEN NOT excluded THEN rounds_counted - round_young_180 END) AS denominator,
    sum(CASE WHEN NOT excluded THEN round_young_180 END) AS pending,
    sum(CASE WHEN excluded THEN rounds ELSE rounds - rounds_counted END) AS excluded
FROM held GROUP BY store, day, by_180
UNION ALL
SELECT
    store, day, by_30, 'reply_30s',
    sum(CASE WHEN NOT excluded THEN hits_30 END),
    sum(CASE WHEN NOT excluded THEN counted - young_30 END),
    sum(CASE WHEN NOT excluded THEN young_30 END),
    sum(CASE WHEN excluded THEN messages ELSE messages - counted END)
FROM held GROUP BY store, day, by_30
UNION ALL
SELECT
    store, day, by_300, 'reply_5min',
    sum(CASE WHEN NOT excluded THEN round_hits_300 END),
    sum(CASE WHEN NOT excluded THEN rounds_counted - round_young_300 END),
    sum(CASE WHEN NOT excluded THEN round_young_300 END),
    sum(CASE WHEN excluded THEN rounds ELSE rounds - rounds_counted END)
FROM held GROUP BY store, day, by_300
UNION ALL
SELECT
    store, day, by_end, 'avg_response',
    sum(CASE WHEN NOT excluded THEN round_waited END),
    sum(CASE WHEN answered AND NOT excluded THEN rounds_counted END),
    0,
    sum(CASE WHEN excluded THEN rounds ELSE rounds - rounds_counted END)
FROM held GROUP BY store, day, by_end
UNION ALL
SELECT
    store, day, by_end, 'avg_response_message',
    sum(CASE WHEN NOT excluded THEN waited END),
    sum(CASE WHEN answered AND NOT excluded THEN counted END),
    0,
    sum(CASE WHEN excluded THEN messages ELSE messages - counted END)
FROM held GROUP BY store, day, by_end
UNION ALL
SELECT
    store, day, by_48h, 'reply_48h',
    sum(CASE WHEN NOT excluded THEN round_hits_48h END),
    sum(CASE WHEN NOT excluded THEN rounds - round_young_48h END),
    sum(CASE WHEN NOT excluded THEN round_young_48h END),
    sum(CASE WHEN excluded THEN rounds END)
FROM held GROUP BY store, day, by_48h
UNION ALL
SELECT
    store, day, account, 'reply_48h',
    count(CASE WHEN marks IS NULL AND wait <= 172_800_000_000 THEN 1 END),
    count(CASE WHEN marks IS NULL AND age <= 172_800_000_000 IS NOT TRUE THEN 1 END),
    count(CASE WHEN marks IS NULL AND age <= 172_800_000_000 THEN 1 END),
    count(marks)
FROM (
    SELECT complaints.*, coalesce(marked.conversation, spam_days.conversation) AS marks
    FROM complaints
    LEFT JOIN marked USING (conversation)
    LEFT JOIN spam_days USING (conversation, day)
)
GROUP BY store, day, account
UNION ALL
SELECT
    store, day, account, 'first_response',
    sum(CASE WHEN inside THEN wait END),
    count(CASE WHEN inside THEN wait END),
    0,
    count(CASE WHEN NOT inside THEN 1 END)
FROM (
    SELECT
        store,
        day,
        coalesce(replier, holder, 0) AS account,
        reply_at - instant AS wait,
        is_inside(instant) AND marked.conversation IS NULL AND spam_days.conversation IS NULL
            AS inside
    FROM session_samples
    LEFT JOIN holders USING (conversation)
    LEFT JOIN marked USING (conversation)
    LEFT JOIN spam_days USING (conversation, day)
)
GROUP BY store, day, account;

-- People: one conversation on one day, judged on the pieces that one account holds.
CREATE OR REPLACE MACRO people(holder) AS TABLE
SELECT
    any_value(store) AS store,
    conversation,
    day,
    holder AS account,
    bool_or(excluded) AS excluded,
    bool_or(bot_only) AS bot_only,
    sum(counted) AS counted,
    sum(hits_180) AS hits_180,
    sum(young_180) AS young_180,
    sum(hits_3600) AS hits_3600,
    sum(young_3600) AS young_3600,
    sum(rounds) AS rounds,
    sum(rounds_counted) AS rounds_counted,
    sum(CASE WHEN answered THEN rounds_counted END) AS rounds_answered,
    min(first_round) % 4 AS first_round
FROM held
GROUP BY conversation, day, holder;

CREATE OR REPLACE MACRO reply_3min(holder) AS TABLE
SELECT
    store, day, account, 'reply_3min' AS metric,
    count(CASE WHEN counts AND hits_180 = counted THEN 1 END) AS numerator,
    count(CASE WHEN counts AND NOT waits THEN 1 END) AS denominator,
    count(CASE WHEN counts AND waits THEN 1 END) AS pending,
    count(CASE WHEN NOT counts THEN 1 END) AS excluded
FROM (
    SELECT
        *,
        counted > 0 AND NOT excluded AND NOT bot_only AS counts,
        young_180 > 0 AND hits_180 + young_180 = counted AS waits
    FROM people(holder)
)
GROUP BY store, day, account;

CREATE OR REPLACE MACRO reply_60min(holder) AS TABLE
WITH judged AS MATERIALIZED (
    SELECT
        *,
        counted > 0 AND NOT excluded AS counts,
        rounds_counted > 0 AND NOT excluded AS rounds_count,
        young_3600 > 0 AND hits_3600 + young_3600 = counted AS waits
    FROM people(holder)
)
SELECT
    store, day, account, 'reply_60min' AS metric,
    count(CASE WHEN counts AND hits_3600 = counted THEN 1 END) AS numerator,
    count(CASE WHEN counts AND NOT waits THEN 1 END) AS denominator,
    count(CASE WHEN counts AND waits THEN 1 END) AS pending,
    count(CASE WHEN NOT counts THEN 1 END) AS excluded
FROM judged
GROUP BY store, day, account
UNION ALL
SELECT
    store, day, account, 'reply_60min_first',
    count(CASE WHEN rounds_count AND first_round = 0 THEN 1 END),
    count(CASE WHEN rounds_count AND first_round < 2 THEN 1 END),
    count(CASE WHEN rounds_count AND first_round = 2 THEN 1 END),
    count(CASE WHEN NOT rounds_count THEN 1 END)
FROM judged
WHERE rounds > 0
GROUP BY store, day, account;

CREATE OR REPLACE MACRO unanswered_persons(holder) AS TABLE
SELECT
    store, day, account, 'unanswered_persons' AS metric,
    count(CASE WHEN counts AND coalesce(rounds_answered, 0) = 0 THEN 1 END) AS numerator,
    count(CASE WHEN counts THEN 1 END) AS denominator,
    0 AS pending,
    count(CASE WHEN NOT counts THEN 1 END) AS excluded
FROM (SELECT *, rounds_counted > 0 AND NOT excluded AS counts FROM people(holder))
WHERE rounds > 0
GROUP BY store, day, account;

CREATE OR REPLACE TEMP TABLE by_day AS
SELECT
    shop,
    channel,
    DATE '1970-01-01' + day::INT AS day,
    metric,
    sum(coalesce(numerator, 0))::BIGINT AS numerator,
    sum(coalesce(denominator, 0))::BIGINT AS denominator,
    sum(coalesce(pending, 0))::BIGINT AS pending,
    sum(coalesce(excluded, 0))::BIGINT AS excluded
FROM (
    FROM added
    UNION ALL FROM reply_3min(NULL)
    UNION ALL FROM reply_60min(NULL)
    UNION ALL FROM unanswered_persons(NULL)
)
JOIN stores USING (store)
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE by_account AS
SELECT
    shop,
    name AS account,
    DATE '1970-01-01' + day::INT AS day,
    metric,
    sum(coalesce(numerator, 0))::BIGINT AS numerator,
    sum(coalesce(denominator, 0))::BIGINT AS denominator,
    sum(coalesce(pending, 0))::BIGINT AS pending,
    sum(coalesce(excluded, 0))::BIGINT AS excluded
FROM (
    FROM added
    UNION ALL FROM reply_3min(by_180)
    UNION ALL FROM reply_60min(by_3600)
    UNION ALL FROM unanswered_persons(by_end)
)
JOIN stores USING (store)
LEFT JOIN accounts USING (account)
GROUP BY ALL;
