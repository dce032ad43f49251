-- Pictures in chats. The files lie in a folder beside this file, each under its id, sealed under the
-- key of its buyer.
CREATE TABLE media (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    buyer INTEGER NOT NULL REFERENCES buyer,
    type TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    kept_at INTEGER NOT NULL
) STRICT;
CREATE INDEX media_by_buyer ON media (buyer);
