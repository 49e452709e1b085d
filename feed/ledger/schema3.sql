-- What version 3 of the ledger adds: a page links to those published before and after it.

CREATE INDEX item_dated ON item (published, page) WHERE state = 'standing';
