-- Documents of settings, every version of each. scope: a shop, or empty for the house. value: JSON,
-- sealed under the master key where is_sealed is 1, and away once such a version is replaced.
CREATE TABLE setting (
    scope TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    value BYTEA,
    is_sealed BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by TEXT,
    PRIMARY KEY (scope, name, version)
);
