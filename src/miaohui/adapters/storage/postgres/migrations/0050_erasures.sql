-- Erasures of buyers that somebody asked for, one row each, for ever. whom: the pseudonyms, chats: the
-- ids, both JSON arrays, which name nobody. state: asked, begun, waiting (what was destroyed still
-- lies in pages that somebody reads), done.
CREATE TABLE erasure (
    id TEXT COLLATE "C" PRIMARY KEY,
    shop TEXT COLLATE "C" NOT NULL,
    whom TEXT NOT NULL,
    chats TEXT NOT NULL,
    state TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    asked_by TEXT COLLATE "C",
    changed_at BIGINT NOT NULL
);
CREATE INDEX erasure_by_shop ON erasure (shop, id);
CREATE INDEX erasure_unfinished ON erasure (changed_at) WHERE state <> 'done';

-- How far the forgetting of a day has come in a shop: after which place among its buyers, and how
-- much was forgotten by then. reached is -1 once the day is done.
CREATE TABLE forgetting (
    shop TEXT COLLATE "C" PRIMARY KEY,
    day TEXT COLLATE "C" NOT NULL,
    reached BIGINT NOT NULL,
    buyers BIGINT NOT NULL,
    pictures BIGINT NOT NULL
);
