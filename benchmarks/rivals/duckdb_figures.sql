-- The eleven Pinduoduo figures of docs/metrics.md section 8, from what duckdb_samples.sql made.
--
-- Out: the tables `by_day` and `by_account`.

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
