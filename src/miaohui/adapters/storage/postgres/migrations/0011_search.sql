-- The catalogue of messages. changes: how often cabinets have changed; a new one gets the next
-- number. One row, made when it is first needed.
CREATE TABLE catalogue (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    changes BIGINT NOT NULL
);

-- Up to which seq each shop's events are filed.
CREATE TABLE filed (
    shop BIGINT PRIMARY KEY,
    seq BIGINT NOT NULL
);

-- Some thousands of messages each; columns: when, where and in which threads they are, deflated.
CREATE TABLE cabinet (
    number BIGINT PRIMARY KEY,
    messages BIGINT NOT NULL,
    oldest_at BIGINT NOT NULL,
    newest_at BIGINT NOT NULL,
    drawers BIGINT NOT NULL,
    columns BYTEA NOT NULL
);

-- Apart from cabinet and small, because an erasure writes it anew: a row that is gone would leave
-- its key behind.
CREATE TABLE cabinet_key (
    cabinet BIGINT PRIMARY KEY,
    wrapped BYTEA NOT NULL
);

-- place = cabinet << 16 | drawer; sealed under the cabinet's key.
CREATE TABLE drawer (
    place BIGINT PRIMARY KEY,
    sealed BYTEA NOT NULL
);
ALTER TABLE cabinet ALTER COLUMN columns SET STORAGE EXTERNAL;
ALTER TABLE drawer ALTER COLUMN sealed SET STORAGE EXTERNAL;
