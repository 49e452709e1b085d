-- What version 4 of the ledger changes: the indexes of ids and pages can be made
-- by themselves, which is faster for many items at once, and the archive is
-- counted, so that no run over little has to look through all items.

CREATE TABLE item4 (
    number     INTEGER PRIMARY KEY, -- in the order of release
    id         TEXT NOT NULL,
    path       TEXT NOT NULL,    -- of its seed, or where that stood last; empty: taken back from a feed, and its seed can't be read
    state      TEXT NOT NULL,    -- standing (in feeds), held (back), gone
    page       TEXT NOT NULL,    -- the page's name under out/
    folded     TEXT NOT NULL,    -- page in lower case: some file systems know no other
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
    sketch     BLOB NOT NULL,    -- of the story's words (see sketch.go)
    figures    BLOB NOT NULL,    -- of its figures
    source     TEXT NOT NULL,    -- the outlet that is credited
    authors    TEXT NOT NULL,    -- a list
    tags       TEXT NOT NULL,    -- a list
    phrases    TEXT NOT NULL,    -- a list: of the phrases that feeds are selected by, those in the text
    enclosed   TEXT NOT NULL     -- a list of files under out/: name, type and size, with tabs between
) STRICT;
INSERT INTO item4 SELECT number, id, path, state, page, folded, due, published, updated, released, fresh, seen, title, lang, size, stated, bytes, text, shown, sketch, figures, source, authors, tags, phrases, enclosed FROM item;
DROP TABLE item;
ALTER TABLE item4 RENAME TO item;
CREATE UNIQUE INDEX item_id ON item (id);
CREATE UNIQUE INDEX item_folded ON item (folded);
CREATE UNIQUE INDEX item_here ON item (path) WHERE state <> 'gone' AND path <> '';
CREATE INDEX item_gone ON item (path) WHERE state = 'gone';
CREATE INDEX item_text ON item (text);
CREATE INDEX item_newest ON item (fresh, number) WHERE state = 'standing';
CREATE INDEX item_dated ON item (published, page) WHERE state = 'standing';
CREATE INDEX item_due ON item (number) WHERE due;
CREATE INDEX item_nowhere ON item (number) WHERE path = '';

-- Documents of the archive.
CREATE TABLE archive (
    number INTEGER PRIMARY KEY,
    items  INTEGER NOT NULL, -- that stand in it
    print  INTEGER NOT NULL  -- the sum of their fingerprints
) STRICT;
