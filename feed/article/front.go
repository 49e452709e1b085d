package article

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	bcp47 "golang.org/x/text/language"
)

// front is what a text's owner says of it at its top, between two lines of
// "---". It wins over anything that was read.
type front struct {
	title, summary, lang, link, id string
	source                         *Source // nil if not given; without a name: none
	authors, tags                  []string
	date                           string
	hasAuthors, hasTags, draft     bool
	lines                          int // that it takes, 0 if there is none
}

// maxFront is the most bytes of front matter. It is metadata, not text.
const maxFront = 16 << 10

// ErrFront says that front matter can't be read. Nothing of such a text is
// published: its owner meant something by it.
var ErrFront = errors.New("front matter")

// frontMatter reads the front matter of a text. What only begins with a ruling
// of dashes has none.
func frontMatter(text string) (front, error) {
	block, lines := frontBlock(text)
	if lines == 0 {
		return front{}, nil
	}
	f := front{lines: lines}
	file, err := parser.ParseBytes([]byte("\n"+block), 0) // a line more: errors count those of the file
	if err != nil {
		return f, fmt.Errorf("%w: %s", ErrFront, firstLine(yaml.FormatError(err, false, false)))
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return f, nil
	}
	if bad := ast.FilterFile(ast.AliasType, file); len(bad) > 0 {
		return f, fmt.Errorf("%w: aliases are not taken", ErrFront) // a few of them can unfold to gigabytes
	}
	var fields map[string]any
	if err := yaml.NodeToValue(file.Docs[0].Body, &fields); err != nil {
		return f, fmt.Errorf("%w: %s", ErrFront, firstLine(yaml.FormatError(err, false, false)))
	}
	for name, value := range fields {
		if err := f.take(strings.ToLower(name), value); err != nil {
			return f, fmt.Errorf("%w: %s %w", ErrFront, name, err)
		}
	}
	return f, nil
}

// frontBlock is the text between the two rulings, and how many lines it takes
// with them; 0 if the text does not begin with front matter.
func frontBlock(text string) (block string, lines int) {
	first, rest, more := strings.Cut(text, "\n")
	if !more || strings.TrimRight(first, " \t\r") != "---" {
		return "", 0
	}
	taken := 0
	for n := 2; taken < min(len(rest), maxFront); n++ {
		line, _, _ := strings.Cut(rest[taken:], "\n")
		switch bare := strings.TrimRight(line, " \t\r"); {
		case bare == "---" || bare == "...":
			return rest[:taken], n
		case n == 2 && bare != "" && bare[0] != '#' && !isField(bare):
			return "", 0
		}
		taken += len(line) + 1
	}
	return "", 0
}

// isField reports whether a line looks like "name: value".
func isField(line string) bool {
	name, _, ok := strings.Cut(line, ":")
	return ok && name != "" && strings.IndexFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '-'
	}) < 0
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

var (
	errOneValue  = errors.New("must be a text")
	errValueList = errors.New("must be a text or a list of texts")
)

// take takes over one field. Those that are not ours belong to other programs.
func (f *front) take(name string, value any) (err error) {
	switch name {
	case "title":
		f.title, err = oneValue(value)
	case "summary", "description":
		f.summary, err = oneValue(value)
	case "date", "published":
		f.date, err = oneValue(value)
	case "id":
		f.id, err = oneValue(value)
	case "lang", "language":
		f.lang, err = oneValue(value)
		if err == nil && f.lang != "" {
			f.lang, err = LanguageCode(f.lang)
		}
	case "link", "url":
		f.link, err = oneValue(value)
		if err == nil && f.link != "" && !isURL(f.link) {
			err = fmt.Errorf("%q is not an http or https address", f.link)
		}
	case "author", "authors":
		f.hasAuthors = true
		f.authors, err = values(value)
	case "tags", "keywords":
		f.hasTags = true
		f.tags, err = values(value)
	case "source":
		f.source, err = sourceValue(value)
	case "draft":
		f.draft, err = boolValue(value)
	}
	return err
}

func boolValue(value any) (bool, error) {
	switch v := value.(type) {
	case nil:
		return false, nil
	case bool:
		return v, nil
	}
	return false, errors.New("must be true or false")
}

// oneValue is a scalar as text, in one line.
func oneValue(value any) (string, error) {
	switch value.(type) {
	case nil:
		return "", nil
	case []any, map[string]any:
		return "", errOneValue
	}
	return strings.Join(strings.Fields(strings.TrimFunc(clean(fmt.Sprint(value)), marginal)), " "), nil
}

// values is a list of texts, or one text with commas.
func values(value any) (list []string, err error) {
	items, isList := value.([]any)
	if !isList {
		text, err := oneValue(value)
		if err != nil {
			return nil, errValueList
		}
		for item := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(",،、，", r) }) {
			items = append(items, item)
		}
	}
	for _, item := range items {
		text, err := oneValue(item)
		if err != nil {
			return nil, errValueList
		}
		if text = strings.TrimSpace(text); text != "" {
			list = append(list, text)
		}
	}
	return list, nil
}

// sourceValue is an outlet: its name, or its name and url.
func sourceValue(value any) (*Source, error) {
	src := &Source{Kind: CreditLine}
	fields, both := value.(map[string]any)
	if !both {
		fields = map[string]any{"name": value}
	}
	var err error
	if src.Name, err = oneValue(fields["name"]); err != nil {
		return nil, errors.New("must be a name, or a name and a url")
	}
	if src.URL, err = oneValue(fields["url"]); err != nil || src.URL != "" && !isURL(src.URL) {
		return nil, fmt.Errorf("has %q for a url", src.URL)
	}
	if src.Name == "" && src.URL == "" {
		return &Source{}, nil
	}
	*src = src.withName()
	return src, nil
}

// withName gives a source that has only an address the name of its host.
func (s Source) withName() Source {
	if s.Name == "" && s.URL != "" {
		if u, err := url.Parse(s.URL); err == nil {
			s.Name = strings.TrimPrefix(u.Hostname(), "www.")
		}
	}
	return s
}

// LanguageCode is the primary code of a language tag: "fa" of "fa-IR" (RFC 5646).
func LanguageCode(tag string) (string, error) {
	t, err := bcp47.Parse(strings.ReplaceAll(tag, "_", "-"))
	if err != nil {
		return "", fmt.Errorf("%q is no language tag such as fa or en-GB", tag)
	}
	base, _ := t.Base()
	return base.String(), nil
}
