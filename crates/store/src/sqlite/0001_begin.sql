-- What one database holds. Times are milliseconds since 1970 began at Greenwich; days are written as 2026-11-19;
-- ids are UUIDs and hashes SHA-256, both as people write them.

CREATE TABLE store (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    -- Tells this database from every other.
    epoch    TEXT NOT NULL
) STRICT;

CREATE TABLE forms (
    hash     TEXT PRIMARY KEY,
    name     TEXT NOT NULL,
    version  INTEGER NOT NULL,
    title    TEXT NOT NULL,
    at       INTEGER NOT NULL,
    bytes    BLOB NOT NULL
) STRICT;

-- Which form a version of a name stands for.
CREATE TABLE form_versions (
    name     TEXT NOT NULL,
    version  INTEGER NOT NULL,
    hash     TEXT NOT NULL REFERENCES forms (hash),
    PRIMARY KEY (name, version)
) STRICT;

CREATE TABLE teams (
    id       TEXT PRIMARY KEY,
    name     TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE accounts (
    id            TEXT PRIMARY KEY,
    login         TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    team          TEXT NOT NULL REFERENCES teams (id),
    password      TEXT NOT NULL,
    demonstration INTEGER NOT NULL
) STRICT;

CREATE TABLE account_roles (
    account  TEXT NOT NULL REFERENCES accounts (id),
    role     TEXT NOT NULL,
    PRIMARY KEY (account, role)
) STRICT;

-- Wrong passwords, by the hash of the name that was tried.
CREATE TABLE attempts (
    name     TEXT PRIMARY KEY,
    wrong    INTEGER NOT NULL,
    last     INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
    key      TEXT PRIMARY KEY,
    person   TEXT NOT NULL REFERENCES accounts (id),
    seen     INTEGER NOT NULL,
    ends     INTEGER NOT NULL
) STRICT;

CREATE TABLE families (
    id       TEXT PRIMARY KEY,
    name     TEXT NOT NULL
) STRICT;

CREATE TABLE children (
    id          TEXT PRIMARY KEY,
    family      TEXT NOT NULL REFERENCES families (id),
    place       INTEGER NOT NULL,
    first_name  TEXT NOT NULL,
    family_name TEXT NOT NULL,
    born        TEXT,
    expected    TEXT,
    UNIQUE (family, place)
) STRICT;

-- What happened, for ever. `event` is the whole event in its canonical bytes; what stands beside it is there to be
-- found by.
CREATE TABLE events (
    record   TEXT NOT NULL,
    seq      INTEGER NOT NULL,
    id       TEXT NOT NULL UNIQUE,
    event    TEXT NOT NULL,
    PRIMARY KEY (record, seq)
) STRICT;

-- Each record in a few lines: worked out from its events, and written together with them. The columns beside the
-- summary are there to be found by.
CREATE TABLE records (
    id         TEXT PRIMARY KEY,
    seq        INTEGER NOT NULL,
    hash       TEXT NOT NULL,
    form       TEXT NOT NULL REFERENCES forms (hash),
    team       TEXT NOT NULL,
    finished   INTEGER NOT NULL,
    -- The role whose decision it waits for.
    awaits     TEXT,
    changed_at INTEGER NOT NULL,
    summary    TEXT NOT NULL
) STRICT;

CREATE INDEX records_by_change ON records (changed_at, id);
CREATE INDEX records_by_team ON records (team, changed_at, id);
CREATE INDEX records_awaiting ON records (awaits, changed_at, id) WHERE awaits IS NOT NULL;

CREATE TABLE record_authors (
    record   TEXT NOT NULL REFERENCES records (id),
    person   TEXT NOT NULL,
    PRIMARY KEY (person, record)
) STRICT;

CREATE TABLE record_children (
    record   TEXT NOT NULL REFERENCES records (id),
    child    TEXT NOT NULL,
    PRIMARY KEY (child, record)
) STRICT;

-- What happened is never changed and a form never becomes another, not even by a mistake of ours.
CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'an event is never removed'); END;
CREATE TRIGGER forms_are_never_changed BEFORE UPDATE ON forms
BEGIN SELECT RAISE(ABORT, 'a published form is never changed'); END;
CREATE TRIGGER forms_are_never_removed BEFORE DELETE ON forms
BEGIN SELECT RAISE(ABORT, 'a published form is never removed'); END;
