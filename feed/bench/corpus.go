package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// corpusVersion is raised whenever the same seed makes other articles.
const corpusVersion = 1

// Article i is as old as i says, so that which is the newest is known. Of a
// million, the last is of July 2024: none is so young that it is waited for.
var firstDay = time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)

const apart = 5 * time.Minute

// inFolder is how many articles stand in a folder.
const inFolder = 1000

// A document is one file of a corpus: what it is depends on the seed and on its
// number alone, so a small corpus is the beginning of a large one.
type document struct {
	name string // with slashes
	data []byte
}

// makers write document i of a corpus of a kind.
var makers = map[string]func(l library, seed uint64, i int) document{
	"news":  newsDocument,
	"mixed": mixedDocument,
}

// generator is the source of chance for document i of what salt names.
func generator(seed uint64, salt string, i int) *rand.Rand {
	for _, c := range []byte(salt) {
		seed = seed*1099511628211 + uint64(c)
	}
	return rand.New(rand.NewPCG(seed, uint64(i)))
}

// newsDocument is an article as a news site's export has it, of 3.8 KB in the mean.
func newsDocument(l library, seed uint64, i int) document {
	r := generator(seed, "news", i)
	x := l[newsLanguage(r)]
	return document{newsName(i), []byte(x.article(r))}
}

func newsName(i int) string { return fmt.Sprintf("%04d/%07d.txt", i/inFolder, i) }

func newsLanguage(r *rand.Rand) string {
	switch n := r.IntN(10); n {
	case 0, 1, 2, 3:
		return "fa"
	case 4, 5:
		return "en"
	default:
		return []string{"ar", "de", "ru", "zh"}[n-6]
	}
}

func (x *lexicon) article(r *rand.Rand) string {
	parts := []string{x.say(r, "title"), x.passage(r, 100)}
	for range 8 + r.IntN(8) {
		parts = append(parts, x.passage(r, 130+r.IntN(190)))
	}
	parts = append(parts, x.say(r, "end"), x.say(r, "source"), x.say(r, "comments"))
	return strings.Join(parts, "\n\n") + "\n"
}

// mixedDocument is what people keep in folders: mostly notes, some articles, a
// few long reads, in a dozen languages, nested deeply, and not all in UTF-8.
func mixedDocument(l library, seed uint64, i int) document {
	r := generator(seed, "mixed", i)
	codes := []string{"ar", "de", "en", "fa", "he", "hi", "ja", "ko", "ru", "th", "tr", "zh"}
	code := codes[r.IntN(len(codes))]
	x := l[code]
	own := " (" + x.number(i) + ")\n" // else some notes would be the same
	var text string
	switch n := r.IntN(200); {
	case n < 1:
		text = x.longRead(r, 50_000+r.IntN(150_000))
	case n < 20:
		text = x.article(r)
	case n < 80:
		text = x.passage(r, 1) + own
	default:
		text = x.say(r, "title") + "\n\n" + x.passage(r, r.IntN(250)) + own
	}
	name := fmt.Sprintf("%s/%07d.txt", deepFolder(seed, i/40), i)
	return document{name, encode(r, code, text)}
}

func (x *lexicon) longRead(r *rand.Rand, size int) string {
	var b strings.Builder
	b.WriteString(x.say(r, "title"))
	for b.Len() < size {
		b.WriteString("\n\n")
		b.WriteString(x.passage(r, 200+r.IntN(800)))
	}
	b.WriteByte('\n')
	return b.String()
}

// deepFolder is where a group of documents stands, one to twelve levels down.
func deepFolder(seed uint64, group int) string {
	r := generator(seed, "folder", group)
	names := []string{"archive", "drafts", "field", "letters", "north", "old"}
	var levels []string
	for range r.IntN(12) {
		levels = append(levels, names[r.IntN(len(names))])
	}
	return strings.Join(append(levels, fmt.Sprintf("%05d", group)), "/")
}

// encode is the text in UTF-8, or now and then as an older program wrote it.
func encode(r *rand.Rand, code, text string) []byte {
	var enc encoding.Encoding
	switch n := r.IntN(100); {
	case n < 4:
		enc = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case n < 24 && (code == "fa" || code == "ar") && len(text) > 400:
		enc, text = charmap.Windows1256, oldLetters.Replace(text)
	default:
		return []byte(text)
	}
	data, err := enc.NewEncoder().String(text)
	if err != nil {
		return []byte(text)
	}
	return []byte(data)
}

// oldLetters are what was typed when Windows-1256 had no letter for it.
var oldLetters = strings.NewReplacer("ی", "ي", "هٔ", "ه",
	"۰", "0", "۱", "1", "۲", "2", "۳", "3", "۴", "4", "۵", "5", "۶", "6", "۷", "7", "۸", "8", "۹", "9",
	"٠", "0", "١", "1", "٢", "2", "٣", "3", "٤", "4", "٥", "5", "٦", "6", "٧", "7", "٨", "8", "٩", "9")

// writeCorpus writes documents 0 to n-1 below dir.
func writeCorpus(ctx context.Context, kind, dir string, n int, seed uint64) error {
	l, err := readLibrary()
	if err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for first := 0; first < n; first += inFolder {
		g.Go(func() error {
			made := ""
			for i := first; i < min(first+inFolder, n); i++ {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				d := makers[kind](l, seed, i)
				name := filepath.Join(dir, filepath.FromSlash(d.name))
				if folder := filepath.Dir(name); folder != made {
					if err := os.MkdirAll(folder, 0o755); err != nil {
						return err
					}
					made = folder
				}
				if err := writeDocument(name, d.data, bornAt(i)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait()
}

func bornAt(i int) time.Time { return firstDay.Add(time.Duration(i) * apart) }

func writeDocument(name string, data []byte, at time.Time) error {
	if err := os.WriteFile(name, data, 0o644); err != nil {
		return err
	}
	return os.Chtimes(name, at, at)
}

// corpusErrand writes a corpus: kind, folder, number of documents, seed.
func corpusErrand(ctx context.Context, args []string) error {
	if len(args) != 4 || makers[args[0]] == nil {
		return errors.New("kind, folder, number and seed are needed")
	}
	n, err := strconv.Atoi(args[2])
	seed, err2 := strconv.ParseUint(args[3], 10, 64)
	if err := cmp.Or(err, err2); err != nil {
		return err
	}
	return writeCorpus(ctx, args[0], args[1], n, seed)
}

// A corpus is a folder of n documents on disk.
type corpus struct {
	kind string
	n    int
	dir  string
}

// seal is the file that says that the folder beside it is whole and of which make.
func (c corpus) seal() string { return c.dir + ".sealed" }

func (c corpus) make(seed uint64) string {
	return fmt.Sprintf("%s %d of seed %d, version %d\n", c.kind, c.n, seed, corpusVersion)
}

func (c corpus) isSealed(seed uint64) (bool, error) {
	data, err := os.ReadFile(c.seal())
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return string(data) == c.make(seed), err
}

// edited runs do while the corpus's documents may be changed by edit, and puts
// them back afterwards. A corpus whose process dies meanwhile has no seal and
// is made anew.
func (c corpus) edited(seed uint64, do func(edit func(i int, more string) error) error) (err error) {
	if err := os.Remove(c.seal()); err != nil {
		return err
	}
	before := map[int][]byte{}
	edit := func(i int, more string) error {
		name := c.file(i)
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if before[i] == nil {
			before[i] = data
		}
		return writeDocument(name, append(data[:len(data):len(data)], more...), bornAt(i).Add(time.Second))
	}
	defer func() {
		for i, data := range before {
			err = cmp.Or(err, writeDocument(c.file(i), data, bornAt(i)))
		}
		err = cmp.Or(err, os.WriteFile(c.seal(), []byte(c.make(seed)), 0o644))
	}()
	return do(edit)
}

// file is where document i of a corpus of news stands.
func (c corpus) file(i int) string { return filepath.Join(c.dir, filepath.FromSlash(newsName(i))) }
