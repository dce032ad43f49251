-- Messages on their way out: each is an event of the log. An attempt more is a row changed in place.
CREATE TABLE outgoing (
    position INTEGER PRIMARY KEY REFERENCES event,
    thread INTEGER NOT NULL REFERENCES thread,
    state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'delivered', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL,
    reason TEXT
) STRICT;
CREATE INDEX outgoing_in_order ON outgoing (thread, position) WHERE state = 'queued';
CREATE INDEX outgoing_by_due ON outgoing (due_at) WHERE state = 'queued';
CREATE INDEX outgoing_failed ON outgoing (position) WHERE state = 'failed';
