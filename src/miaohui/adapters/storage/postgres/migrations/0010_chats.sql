-- Chats as lists show them. id: the pseudonym of the conversation; tags: a JSON array.
CREATE TABLE chat (
    id BYTEA PRIMARY KEY,
    shop TEXT COLLATE "C" NOT NULL,
    channel TEXT COLLATE "C" NOT NULL,
    account TEXT COLLATE "C",
    account_group TEXT COLLATE "C",
    state TEXT COLLATE "C" NOT NULL,
    restless INTEGER NOT NULL,
    opened_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    last_seq BIGINT NOT NULL,
    tags TEXT NOT NULL,
    spam TEXT COLLATE "C",
    rating TEXT COLLATE "C",
    open_tasks BIGINT NOT NULL
);
CREATE INDEX chat_by_shop ON chat (shop, last_at, id);
CREATE INDEX chat_by_account ON chat (shop, account, last_at, id);
CREATE INDEX chat_by_group ON chat (shop, account_group, last_at, id);
CREATE INDEX chat_restless ON chat (shop, last_at) WHERE restless = 1;

-- Up to where in its log the chats of a shop are true.
CREATE TABLE chats_seen (
    shop TEXT COLLATE "C" PRIMARY KEY,
    seq BIGINT NOT NULL
);

-- A chat is asked for by its id alone.
CREATE INDEX thread_by_pseudonym ON thread (pseudonym);
