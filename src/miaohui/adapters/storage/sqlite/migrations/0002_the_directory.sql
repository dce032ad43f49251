-- People, what they may do and how they get in. The cards are JSON of the domain's structs; what
-- is searched or must be unique stands beside them. Hashes and sealed secrets only.
CREATE TABLE own_role (
    id TEXT PRIMARY KEY,
    name_key TEXT NOT NULL UNIQUE,
    card TEXT NOT NULL
) STRICT;

CREATE TABLE account_group (
    id TEXT PRIMARY KEY,
    name_key TEXT NOT NULL UNIQUE,
    card TEXT NOT NULL
) STRICT;

CREATE TABLE listed_shop (
    id TEXT PRIMARY KEY,
    name_key TEXT NOT NULL UNIQUE,
    card TEXT NOT NULL
) STRICT;

CREATE TABLE listed_channel (
    shop TEXT NOT NULL REFERENCES listed_shop,
    id TEXT NOT NULL,
    card TEXT NOT NULL,
    PRIMARY KEY (shop, id)
) STRICT;

-- role: the id of a built-in or an own one.
CREATE TABLE account (
    id TEXT PRIMARY KEY,
    name_key TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    card TEXT NOT NULL
) STRICT;

-- Secrets of one-time codes are sealed under the master key and bound to their account.
-- last_step: the newest code that was used; none at or before it is taken again.
CREATE TABLE credential (
    account TEXT PRIMARY KEY REFERENCES account,
    password_hash TEXT NOT NULL,
    offered_secret BLOB,
    one_time_secret BLOB,
    last_step INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE recovery_code (
    account TEXT NOT NULL REFERENCES account,
    hash BLOB NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (account, hash)
) STRICT;

CREATE TABLE login_session (
    token_hash BLOB PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL REFERENCES account,
    last_seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked INTEGER NOT NULL DEFAULT 0,
    card TEXT NOT NULL
) STRICT;
CREATE INDEX login_session_by_account ON login_session (account);

-- state: open, accepted, withdrawn.
CREATE TABLE invitation (
    token_hash BLOB PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    invited_by TEXT NOT NULL REFERENCES account,
    role TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open',
    card TEXT NOT NULL
) STRICT;

CREATE TABLE api_key (
    id TEXT PRIMARY KEY,
    prefix TEXT NOT NULL UNIQUE,
    hash BLOB NOT NULL,
    account TEXT NOT NULL REFERENCES account,
    last_used_at INTEGER,
    ended INTEGER NOT NULL DEFAULT 0,
    card TEXT NOT NULL
) STRICT;

-- subject: a keyed pseudonym of a log-in name or an address, since people type passwords into
-- the wrong field.
CREATE TABLE login_failure (
    scope TEXT NOT NULL,
    subject BLOB NOT NULL,
    failures INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (scope, subject)
) STRICT;
CREATE INDEX login_failure_by_time ON login_failure (last_at);

CREATE TABLE audit (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    account TEXT,
    address TEXT,
    what TEXT NOT NULL,
    subject TEXT NOT NULL,
    before TEXT,
    after TEXT
) STRICT;
CREATE INDEX audit_by_subject ON audit (subject, number);

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is only added to');
END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is only added to');
END;
