-- Messages on their way out: each is an event of the log. Rows change often and stay narrow.
CREATE TABLE outgoing (
    position BIGINT PRIMARY KEY,
    thread BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'delivered', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at BIGINT NOT NULL,
    reason TEXT
);
CREATE INDEX outgoing_in_order ON outgoing (thread, position) WHERE state = 'queued';
CREATE INDEX outgoing_by_due ON outgoing (due_at) WHERE state = 'queued';
CREATE INDEX outgoing_failed ON outgoing (position) WHERE state = 'failed';
