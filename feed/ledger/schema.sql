-- The ledger, version 1. A time is in seconds since 1970, UTC; where a name ends
-- in _ns, in nanoseconds. A path is below seeds/, with slashes, in Unicode's NFC.
-- Ask it anything: sqlite3 -readonly ledger.db 'SELECT title FROM item'.

-- collection: the id of the collection, urn:uuid:…
-- lost: the feed (by its time) from which ids and dates were taken back, if a ledger was lost; it is part of later ids
-- pages: fingerprint of what the pages were made with
CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A file as it was when it was last read. A run over nothing new reads no other
-- table of this size.
CREATE TABLE seed (
    path       TEXT PRIMARY KEY,
    size       INTEGER NOT NULL, -- in bytes; -1: read too soon after a change, look again
    mtime_ns   INTEGER NOT NULL,
    ctime_ns   INTEGER NOT NULL, -- 0 where the system tells none
    reader     INTEGER NOT NULL, -- fingerprint of the program and settings that read it
    state      TEXT NOT NULL     -- item, copy (of another seed), held (back), bad (unreadable)
) STRICT, WITHOUT ROWID;

-- What subscribers know as one entry. A row stays when its seed goes.
CREATE TABLE item (
    number     INTEGER PRIMARY KEY, -- in the order of release
    id         TEXT NOT NULL UNIQUE,
    path       TEXT NOT NULL,    -- of its seed, or where that stood last; empty: taken back from a feed, and its seed can't be read
    state      TEXT NOT NULL,    -- standing (in feeds), held (back), gone
    page       TEXT NOT NULL,    -- the page's name under out/
    folded     TEXT NOT NULL UNIQUE, -- page in lower case: some file systems know no other
    due        INTEGER NOT NULL, -- 1: the page has to be written or removed
    published  INTEGER NOT NULL,
    updated    INTEGER NOT NULL,
    released   INTEGER NOT NULL, -- when subscribers got it first
    fresh      INTEGER NOT NULL, -- the later of updated and released, which orders feeds
    seen       INTEGER NOT NULL, -- the run that saw it first
    title      TEXT NOT NULL,
    lang       TEXT NOT NULL,
    size       INTEGER NOT NULL, -- of its text, in bytes
    stated     TEXT NOT NULL,    -- the date in the text; empty if there is none
    bytes      BLOB NOT NULL,    -- half of the file's SHA-256; empty: not known
    text       INTEGER NOT NULL, -- fingerprint of the story without the noise around it
    shown      INTEGER NOT NULL, -- fingerprint of all that a subscriber sees
    sketch     BLOB NOT NULL,    -- of the story's words (see alike.go)
    figures    BLOB NOT NULL     -- of its figures
) STRICT;
CREATE UNIQUE INDEX item_here ON item (path) WHERE state <> 'gone' AND path <> '';
CREATE INDEX item_gone ON item (path) WHERE state = 'gone';
CREATE INDEX item_text ON item (text);
CREATE INDEX item_newest ON item (fresh, number) WHERE state = 'standing';
CREATE INDEX item_due ON item (number) WHERE due;
CREATE INDEX item_nowhere ON item (number) WHERE path = '';

-- Seeds whose story is an item already.
CREATE TABLE copy (
    path TEXT PRIMARY KEY,
    item INTEGER NOT NULL REFERENCES item,
    text INTEGER NOT NULL        -- fingerprint of the copy's own story
) STRICT, WITHOUT ROWID;
CREATE INDEX copy_text ON copy (text);
CREATE INDEX copy_item ON copy (item);

-- Seeds that their owner holds back.
CREATE TABLE held (
    path  TEXT PRIMARY KEY,
    until INTEGER                -- NULL for a draft
) STRICT, WITHOUT ROWID;

-- Files and folders that can't be read.
CREATE TABLE trouble (
    path   TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    dir    INTEGER NOT NULL,     -- 1: a folder
    since  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The articles (as JSON) that stand in a feed, so that it can be written again
-- although a seed can't be read today.
CREATE TABLE text (
    item    INTEGER PRIMARY KEY REFERENCES item,
    article TEXT NOT NULL
) STRICT;

CREATE TABLE feed (
    name    TEXT PRIMARY KEY,    -- empty for the main feed
    updated INTEGER NOT NULL,    -- the run that last changed its content
    lang    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Documents of feeds under out/.
CREATE TABLE document (
    name     TEXT PRIMARY KEY,
    recipe   INTEGER NOT NULL,   -- fingerprint of the program and settings that made it
    hash     BLOB NOT NULL,      -- SHA-256 of what it has to be
    before   BLOB NOT NULL,      -- and of what stands there until that is published; else empty
    size     INTEGER NOT NULL,   -- as published, like mtime_ns
    mtime_ns INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What happened to an item after its release: updated, moved, redated, renamed, gone, back, held.
CREATE TABLE history (
    item   INTEGER NOT NULL REFERENCES item,
    at     INTEGER NOT NULL,
    event  TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX history_item ON history (item);

-- Runs that changed something.
CREATE TABLE run (
    at      INTEGER NOT NULL,
    new     INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    gone    INTEGER NOT NULL
) STRICT;
