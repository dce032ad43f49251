CREATE TABLE migration (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

-- One row. The mark tells whether a master key is the one this log was made with.
CREATE TABLE log (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    key_mark BLOB NOT NULL
) STRICT;

CREATE TABLE shop (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    newest_seq INTEGER NOT NULL DEFAULT 0,
    newest_at INTEGER
) STRICT;

CREATE TABLE channel (
    id INTEGER PRIMARY KEY,
    shop INTEGER NOT NULL REFERENCES shop,
    name TEXT NOT NULL,
    UNIQUE (shop, name)
) STRICT;

-- Who acted and how: the few combinations that events repeat.
CREATE TABLE manner (
    id INTEGER PRIMARY KEY,
    actor TEXT NOT NULL,
    origin TEXT NOT NULL,
    kind TEXT NOT NULL,
    account TEXT
) STRICT;

-- A buyer under a keyed pseudonym. One who comes back after an erasure gets a new row; the
-- highest id of a pseudonym is the living one.
CREATE TABLE buyer (
    id INTEGER PRIMARY KEY,
    channel INTEGER NOT NULL REFERENCES channel,
    pseudonym BLOB NOT NULL,
    sealed_name BLOB NOT NULL
) STRICT;
CREATE INDEX buyer_by_pseudonym ON buyer (channel, pseudonym);

-- Apart from buyer and of fixed width: rows are only added at the end, and erasing overwrites
-- the key where it lies (60 zero bytes), so that no page ever holds a stray copy.
CREATE TABLE buyer_key (
    buyer INTEGER PRIMARY KEY REFERENCES buyer,
    wrapped BLOB NOT NULL CHECK (length(wrapped) = 60)
) STRICT;

-- One buyer's part in one conversation. The name is sealed under that buyer's key, and taken
-- away from the whole conversation when any of its buyers is erased.
CREATE TABLE thread (
    id INTEGER PRIMARY KEY,
    channel INTEGER NOT NULL REFERENCES channel,
    pseudonym BLOB NOT NULL,
    buyer INTEGER NOT NULL REFERENCES buyer,
    sealed_name BLOB,
    UNIQUE (channel, pseudonym, buyer)
) STRICT;
CREATE INDEX thread_by_buyer ON thread (buyer);

-- What figures read, kept narrow. position = shop << 40 | seq, so a shop's events lie together
-- in their order.
CREATE TABLE event (
    position INTEGER PRIMARY KEY,
    channel INTEGER NOT NULL, -- its thread's, here for the sake of uniqueness
    source_id TEXT NOT NULL,
    thread INTEGER NOT NULL REFERENCES thread,
    manner INTEGER NOT NULL REFERENCES manner,
    at INTEGER NOT NULL,
    about TEXT,
    purpose TEXT,
    mark TEXT,
    brief TEXT,
    UNIQUE (channel, source_id)
) STRICT;
CREATE INDEX event_by_thread ON event (thread);

-- What people read. id: 16 bytes of a UUID, or text; open: JSON; sealed: under the buyer's key.
CREATE TABLE detail (
    position INTEGER PRIMARY KEY REFERENCES event,
    id ANY NOT NULL,
    received_at INTEGER NOT NULL,
    open TEXT,
    sealed BLOB
) STRICT;

CREATE TABLE bookmark (
    fingerprint TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    done INTEGER NOT NULL
) STRICT;
