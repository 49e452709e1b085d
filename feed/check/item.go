package check

import "strings"

// identity holds the id of an entry, with the address where the entry is read,
// against those before it and against what the ledger knows. It reports whether
// there is one.
func (r *report) identity(id, address string) bool {
	if id == "" {
		r.broken("readers know an entry by its id", "the id is empty")
		return false
	}
	if before, taken := r.ids[id]; taken {
		r.broken("readers know an entry by its id", "its id is that of %s %d, too", r.word, before)
		return true
	}
	r.ids[id] = r.number
	if r.Page == nil {
		return true
	}
	page, known := r.Page(id)
	if !known {
		r.add(Error, "ids are for good", "run seedfeed with the --state folder that this feed was made with", "the ledger does not know the id")
		return true
	}
	if name := r.nameAt(address); strings.HasPrefix(name, "articles/") && page != "" && name != page {
		r.add(Warning, "addresses of pages are for good", again, "it leads to %s, and the ledger knows it by %s", name, page)
	}
	return true
}
