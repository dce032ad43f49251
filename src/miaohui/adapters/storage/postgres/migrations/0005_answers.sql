-- Requests that were begun, so that a repeat hears the same answer. request: a keyed pseudonym of
-- the caller and its key; fingerprint: a keyed one of what was asked; answer: sealed under the
-- master key and bound to its request, nothing while it is under way.
CREATE TABLE request (
    request BYTEA PRIMARY KEY,
    fingerprint BYTEA NOT NULL,
    begun_at BIGINT NOT NULL,
    answer BYTEA
);
ALTER TABLE request ALTER COLUMN answer SET STORAGE EXTERNAL;
CREATE INDEX request_by_time ON request (begun_at);
