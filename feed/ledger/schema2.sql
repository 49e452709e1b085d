-- What version 2 of the ledger adds. A list is some texts, one a line.

ALTER TABLE item ADD COLUMN source   TEXT NOT NULL DEFAULT ''; -- the outlet that is credited
ALTER TABLE item ADD COLUMN authors  TEXT NOT NULL DEFAULT ''; -- a list
ALTER TABLE item ADD COLUMN tags     TEXT NOT NULL DEFAULT ''; -- a list
ALTER TABLE item ADD COLUMN phrases  TEXT NOT NULL DEFAULT ''; -- a list: of the phrases that feeds are selected by, those in the text
ALTER TABLE item ADD COLUMN enclosed TEXT NOT NULL DEFAULT ''; -- a list of files under out/: name, type and size, with tabs between
ALTER TABLE seed ADD COLUMN media INTEGER NOT NULL DEFAULT 0;  -- fingerprint of the files beside it; 0 without any
ALTER TABLE feed ADD COLUMN title TEXT NOT NULL DEFAULT '';    -- name is <kind>/<name> of a further feed, archive/<number> of an archive
UPDATE seed SET size = -1;                                     -- all of that has to be read

-- Files under out/ that went with an item and do no more: they have to be removed.
CREATE TABLE stray (
    name TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Notifications that a WebSub hub has yet to get.
CREATE TABLE ping (
    topic TEXT PRIMARY KEY,   -- the address of the document that changed
    since INTEGER NOT NULL,
    tries INTEGER NOT NULL,   -- that failed
    next  INTEGER NOT NULL    -- not to be tried before
) STRICT, WITHOUT ROWID;
