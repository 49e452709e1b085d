package ledger

import (
	"fmt"
	"hash/crc32"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"zombiezen.com/go/sqlite"
)

// longestElement is the most bytes of a path element that a page's name keeps:
// file systems take 255, and a number and ".html" must still fit.
const longestElement = 200

// PageName is where the page of the seed at path stands under out/. Further
// stories at the same path, and seeds whose names differ too little, get a
// number from 2 on.
func PageName(path string, number int) string {
	if n := len(path) - len(".txt"); n > 0 && strings.EqualFold(path[n:], ".txt") {
		path = path[:n]
	}
	elements := strings.Split(path, "/")
	for i, e := range elements {
		elements[i] = safeElement(e)
	}
	name := "articles/" + strings.Join(elements, "/")
	if number > 1 {
		name += fmt.Sprintf("-%d", number)
	}
	return name + ".html"
}

// PageOf is the page of the item that has an id and stands in feeds.
func (l *Ledger) PageOf(id string) (page string, known bool, err error) {
	err = l.each("SELECT page FROM item WHERE id = ? AND state = 'standing'", func(s *sqlite.Stmt) error {
		page, known = s.ColumnText(0), true
		return nil
	}, id)
	return page, known, err
}

// MediaName is where a file that goes with an item stands under out/, by its
// page: "media/2026/lamp.mp3" beside "articles/2026/lamp.html".
func MediaName(page, ending string) string {
	return "media/" + strings.TrimPrefix(pageStem(page), "articles/") + ending
}

// pageStem is a page's name without its ending.
func pageStem(page string) string { return strings.TrimSuffix(page, ".html") }

// pageNumber is the number at the end of a page's name, 0 if there is none.
func pageNumber(page string) int {
	stem := pageStem(page)
	n, err := strconv.Atoi(stem[strings.LastIndexByte(stem, '-')+1:])
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// FileName is a name for a folder under out/ that tells a text, short and safe.
// Texts that differ in no letter have the same.
func FileName(text string) string {
	name := safeElement(strings.ReplaceAll(strings.Join(strings.Fields(text), "-"), "/", "."))
	if name[0] == '.' { // hidden
		name = "_" + name
	}
	return name
}

// safeElement is a path element that every file system takes and every web
// server hands out: without control characters and what Windows reserves, and
// short enough.
func safeElement(e string) string {
	e = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || strings.ContainsRune(`\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, e)
	e = strings.TrimRight(e, ". ")
	if e == "" {
		e = "_"
	}
	if len(e) <= longestElement {
		return e
	}
	cut := longestElement - 9
	for !utf8.RuneStart(e[cut]) {
		cut--
	}
	return fmt.Sprintf("%s-%08x", e[:cut], crc32.ChecksumIEEE([]byte(e)))
}

// MayBePage reports whether name can be the page of the seed at path, or of one
// below it if path is a folder.
func MayBePage(name, path string, dir bool) bool {
	first := pageStem(PageName(path, 1))
	if dir {
		return strings.HasPrefix(name, first+"/")
	}
	rest, ok := strings.CutPrefix(name, first)
	return ok && (rest == ".html" || strings.HasPrefix(rest, "-") && !strings.Contains(rest, "/"))
}
