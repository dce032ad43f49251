-- Documents of settings, every version of each. scope: a shop, or empty for the house. value: JSON,
-- sealed under the master key where is_sealed is 1, and away once such a version is replaced.
CREATE TABLE setting (
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    value BLOB,
    is_sealed INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by TEXT,
    PRIMARY KEY (scope, name, version)
) STRICT;
