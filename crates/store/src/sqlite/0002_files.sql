-- The files that records have. Their content lies in the folder beside the database, under its hash, and was there
-- before it was written of here.
CREATE TABLE files (
    record     TEXT NOT NULL REFERENCES records (id),
    hash       TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size       INTEGER NOT NULL,
    -- Who gave it first, and when.
    person     TEXT NOT NULL,
    at         INTEGER NOT NULL,
    PRIMARY KEY (record, hash)
) STRICT;

CREATE TRIGGER files_are_never_changed BEFORE UPDATE ON files
BEGIN SELECT RAISE(ABORT, 'a file is never changed'); END;
CREATE TRIGGER files_are_never_removed BEFORE DELETE ON files
BEGIN SELECT RAISE(ABORT, 'a file is never removed'); END;
