-- Chats as lists show them. id: the pseudonym of the conversation; tags: a JSON array.
CREATE TABLE chat (
    id BLOB PRIMARY KEY,
    shop TEXT NOT NULL,
    channel TEXT NOT NULL,
    account TEXT,
    account_group TEXT,
    state TEXT NOT NULL,
    restless INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    tags TEXT NOT NULL,
    spam TEXT,
    rating TEXT,
    open_tasks INTEGER NOT NULL
) STRICT;
CREATE INDEX chat_by_shop ON chat (shop, last_at, id);
CREATE INDEX chat_by_account ON chat (shop, account, last_at, id);
CREATE INDEX chat_by_group ON chat (shop, account_group, last_at, id);
CREATE INDEX chat_restless ON chat (shop, last_at) WHERE restless = 1;

-- Up to where in its log the chats of a shop are true.
CREATE TABLE chats_seen (
    shop TEXT PRIMARY KEY,
    seq INTEGER NOT NULL
) STRICT;

-- A chat is asked for by its id alone.
CREATE INDEX thread_by_pseudonym ON thread (pseudonym);
