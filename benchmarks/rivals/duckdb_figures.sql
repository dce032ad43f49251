-- The eleven Pinduoduo figures of docs/metrics.md section 8, by window functions.
--
-- In: the variables `files` (part files in log order) and `wanted_until` (microseconds; null: all).
-- Out: the tables `by_day` and `by_account`.
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
    -- what a person is judged on: 1 has a counted message, 2 one late by 3 minutes, 4 one that is
    -- pending, 8 and 16 likewise by the hour, 32 has a round, 64 a counted round, 128 an answered
    -- one, 256 is excluded, 512 was served by the bot alone
    (
        CASE WHEN counted > 0 THEN 1 ELSE 0 END
        + CASE WHEN within_180 < counted THEN 2 ELSE 0 END
        + CASE WHEN replier IS NULL AND within_180 > 0 THEN 4 ELSE 0 END
        + CASE WHEN within_3600 < counted THEN 8 ELSE 0 END
        + CASE WHEN replier IS NULL AND within_3600 > 0 THEN 16 ELSE 0 END
        + CASE WHEN rounds > 0 THEN 32 ELSE 0 END
        + CASE WHEN rounds_counted > 0 THEN 64 ELSE 0 END
        + CASE WHEN replier IS NOT NULL AND rounds_counted > 0 THEN 128 ELSE 0 END
        + CASE WHEN excluded THEN 256 ELSE 0 END
        + CASE WHEN bot_days.conversation IS NOT NULL THEN 512 ELSE 0 END
    )::USMALLINT AS person,
    -- the first counted round, and in its last bits 0 for a hit, 1 for a miss, 2 for pending
    CASE
        WHEN replier IS NOT NULL OR first_round & 1 = 1
            THEN (first_round >> 1 << 2) + (first_round & 1)
        ELSE (first_round >> 1 << 2) + 2
    END AS first_round_of_person
FROM pieces
LEFT JOIN holders USING (conversation)
LEFT JOIN marked USING (conversation)
LEFT JOIN spam_days USING (conversation, day)
LEFT JOIN bot_days USING (conversation, day);

-- Figures that add up: by store, day and account, so that days are their sums.
CREATE OR REPLACE MACRO rate(metric, holder, units, counted, within) AS TABLE
SELECT
    store, day, holder AS account, metric AS metric,
    sum(CASE WHEN answered AND NOT excluded THEN within END) AS numerator,
    sum(CASE WHEN excluded THEN 0 WHEN answered THEN counted ELSE counted - within END)
        AS denominator,
    sum(CASE WHEN NOT answered AND NOT excluded THEN within END) AS pending,
    sum(CASE WHEN excluded THEN units ELSE units - counted END) AS excluded
FROM held
GROUP BY store, day, holder;

CREATE OR REPLACE MACRO mean(metric, units, counted, measured) AS TABLE
SELECT
    store, day, by_end AS account, metric AS metric,
    sum(CASE WHEN answered AND NOT excluded THEN measured END) AS numerator,
    sum(CASE WHEN answered AND NOT excluded THEN counted END) AS denominator,
    0 AS pending,
    sum(CASE WHEN excluded THEN units ELSE units - counted END) AS excluded
FROM held
GROUP BY store, day, by_end;

CREATE OR REPLACE TEMP TABLE added AS
FROM rate('reply_3min_round', by_180, rounds, rounds_counted, rounds_within_180)
UNION ALL FROM rate('reply_30s', by_30, messages, counted, within_30)
UNION ALL FROM rate('reply_5min', by_300, rounds, rounds_counted, rounds_within_300)
UNION ALL FROM rate('reply_48h', by_48h, rounds, rounds, rounds_within_48h)
UNION ALL FROM mean('avg_response', rounds, rounds_counted, rounds_measured)
UNION ALL FROM mean('avg_response_message', messages, counted, measured)
UNION ALL
SELECT
    store, day, account, 'reply_48h',
    count(CASE WHEN NOT excluded AND wait <= 172_800_000_000 THEN 1 END),
    count(CASE WHEN NOT excluded AND age <= 172_800_000_000 IS NOT TRUE THEN 1 END),
    count(CASE WHEN NOT excluded AND age <= 172_800_000_000 THEN 1 END),
    count(CASE WHEN excluded THEN 1 END)
FROM (
    SELECT
        complaints.*,
        coalesce(marked.conversation, spam_days.conversation) IS NOT NULL AS excluded
    FROM complaints
    LEFT JOIN marked USING (conversation)
    LEFT JOIN spam_days USING (conversation, day)
)
GROUP BY store, day, account
UNION ALL
SELECT
    store, day, account, 'first_response',
    sum(CASE WHEN counted THEN wait END),
    count(CASE WHEN counted THEN wait END),
    0,
    count(CASE WHEN NOT counted THEN 1 END)
FROM (
    SELECT
        store,
        day,
        coalesce(replier, holder, 0) AS account,
        reply_at - instant AS wait,
        is_inside(instant)
            AND coalesce(marked.conversation, spam_days.conversation) IS NULL AS counted
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
    day,
    holder AS account,
    bit_or(person) AS person,
    min(first_round_of_person) & 3 AS first_round
FROM held
GROUP BY conversation, day, holder;

CREATE OR REPLACE MACRO rate_of_people(metric, people, counts, late, waits) AS TABLE
SELECT
    store, day, account, metric AS metric,
    count(CASE WHEN counts AND NOT late AND NOT waits THEN 1 END) AS numerator,
    count(CASE WHEN counts AND (late OR NOT waits) THEN 1 END) AS denominator,
    count(CASE WHEN counts AND waits AND NOT late THEN 1 END) AS pending,
    count(CASE WHEN NOT counts THEN 1 END) AS excluded
FROM query_table(people)
GROUP BY store, day, account;

CREATE OR REPLACE MACRO reply_3min(people) AS TABLE
FROM rate_of_people(
    'reply_3min', people, person & 769 = 1, person & 2 <> 0, person & 4 <> 0
);

CREATE OR REPLACE MACRO reply_60min(people) AS TABLE
FROM rate_of_people(
    'reply_60min', people, person & 257 = 1, person & 8 <> 0, person & 16 <> 0
);

CREATE OR REPLACE MACRO reply_60min_first(people) AS TABLE
SELECT
    store, day, account, 'reply_60min_first' AS metric,
    count(CASE WHEN person & 320 = 64 AND first_round = 0 THEN 1 END) AS numerator,
    count(CASE WHEN person & 320 = 64 AND first_round < 2 THEN 1 END) AS denominator,
    count(CASE WHEN person & 320 = 64 AND first_round = 2 THEN 1 END) AS pending,
    count(CASE WHEN person & 320 <> 64 THEN 1 END) AS excluded
FROM query_table(people)
WHERE person & 32 <> 0
GROUP BY store, day, account;

CREATE OR REPLACE MACRO unanswered_persons(people) AS TABLE
SELECT
    store, day, account, 'unanswered_persons' AS metric,
    count(CASE WHEN person & 448 = 64 THEN 1 END) AS numerator,
    count(CASE WHEN person & 320 = 64 THEN 1 END) AS denominator,
    0 AS pending,
    count(CASE WHEN person & 320 <> 64 THEN 1 END) AS excluded
FROM query_table(people)
WHERE person & 32 <> 0
GROUP BY store, day, account;

CREATE OR REPLACE TEMP TABLE people_of_days AS FROM people(NULL);
CREATE OR REPLACE TEMP TABLE people_by_180 AS FROM people(by_180);
CREATE OR REPLACE TEMP TABLE people_by_3600 AS FROM people(by_3600);
CREATE OR REPLACE TEMP TABLE people_by_end AS FROM people(by_end);

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
    UNION ALL FROM reply_3min('people_of_days')
    UNION ALL FROM reply_60min('people_of_days')
    UNION ALL FROM reply_60min_first('people_of_days')
    UNION ALL FROM unanswered_persons('people_of_days')
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
    UNION ALL FROM reply_3min('people_by_180')
    UNION ALL FROM reply_60min('people_by_3600')
    UNION ALL FROM reply_60min_first('people_by_3600')
    UNION ALL FROM unanswered_persons('people_by_end')
)
JOIN stores USING (store)
LEFT JOIN accounts USING (account)
GROUP BY ALL;
