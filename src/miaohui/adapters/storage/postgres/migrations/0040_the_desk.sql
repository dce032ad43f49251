-- What people have begun to write, sealed under the master key.
CREATE TABLE draft (
    account TEXT COLLATE "C" NOT NULL,
    chat TEXT COLLATE "C" NOT NULL,
    sealed BYTEA NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (account, chat)
);
CREATE INDEX draft_by_chat ON draft (chat);

CREATE TABLE quick_reply (
    id TEXT COLLATE "C" PRIMARY KEY,
    card TEXT NOT NULL
);

-- Where people can be told something. mark: a hash that tells addresses apart; sealed: the address.
CREATE TABLE reachable (
    account TEXT COLLATE "C" NOT NULL,
    way TEXT COLLATE "C" NOT NULL,
    mark BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    kept_at BIGINT NOT NULL,
    PRIMARY KEY (account, way, mark)
);

-- What was told of an alarm, so that a restart repeats nothing.
CREATE TABLE told_alarm (
    name TEXT COLLATE "C" PRIMARY KEY,
    card BYTEA NOT NULL
);
