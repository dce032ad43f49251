-- What people have begun to write, sealed under the master key.
CREATE TABLE draft (
    account TEXT NOT NULL,
    chat TEXT NOT NULL,
    sealed BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (account, chat)
) STRICT;
CREATE INDEX draft_by_chat ON draft (chat);

CREATE TABLE quick_reply (
    id TEXT PRIMARY KEY,
    card TEXT NOT NULL
) STRICT;

-- Where people can be told something. mark: a hash that tells addresses apart; sealed: the address.
CREATE TABLE reachable (
    account TEXT NOT NULL,
    way TEXT NOT NULL,
    mark BLOB NOT NULL,
    sealed BLOB NOT NULL,
    kept_at INTEGER NOT NULL,
    PRIMARY KEY (account, way, mark)
) STRICT;

-- What was told of an alarm, so that a restart repeats nothing.
CREATE TABLE told_alarm (
    name TEXT PRIMARY KEY,
    card BLOB NOT NULL
) STRICT;
