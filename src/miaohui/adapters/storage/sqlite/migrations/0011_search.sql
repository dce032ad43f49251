-- The catalogue of messages. changes: how often cabinets have changed; a new one gets the next
-- number. One row, made when it is first needed.
CREATE TABLE catalogue (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    changes INTEGER NOT NULL
) STRICT;

-- Up to which seq each shop's events are filed.
CREATE TABLE filed (
    shop INTEGER PRIMARY KEY,
    seq INTEGER NOT NULL
) STRICT;

-- Some thousands of messages each; columns: when, where and in which threads they are, deflated.
CREATE TABLE cabinet (
    number INTEGER PRIMARY KEY,
    messages INTEGER NOT NULL,
    oldest_at INTEGER NOT NULL,
    newest_at INTEGER NOT NULL,
    drawers INTEGER NOT NULL,
    columns BLOB NOT NULL
) STRICT;

CREATE TABLE cabinet_key (
    cabinet INTEGER PRIMARY KEY,
    wrapped BLOB NOT NULL
) STRICT;

-- place = cabinet << 16 | drawer; sealed under the cabinet's key.
CREATE TABLE drawer (
    place INTEGER PRIMARY KEY,
    sealed BLOB NOT NULL
) STRICT;
