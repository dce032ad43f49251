-- Pictures in chats, sealed under the keys of their buyers. EXTERNAL because what is sealed cannot
-- be compressed.
CREATE TABLE media (
    id BYTEA PRIMARY KEY CHECK (length(id) = 16),
    buyer BIGINT NOT NULL REFERENCES buyer,
    type TEXT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    kept_at BIGINT NOT NULL,
    body BYTEA NOT NULL,
    preview BYTEA NOT NULL
);
ALTER TABLE media ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE media ALTER COLUMN preview SET STORAGE EXTERNAL;
CREATE INDEX media_by_buyer ON media (buyer);
