package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// A row is a line of the table.
type row struct {
	Case    string  `json:"case"`
	Unit    unit    `json:"unit"`
	Ours    spread  `json:"ours"`
	Than    string  `json:"than,omitempty"` // what it is compared with
	Theirs  spread  `json:"theirs,omitzero"`
	Ratio   spread  `json:"ratio,omitzero"`
	Reading string  `json:"reading,omitempty"` // how the ratio reads, if it is not ours ÷ theirs: "× faster"
	Goal    verdict `json:"goal,omitzero"`
	Limit   verdict `json:"limit,omitzero"`
}

// A unit is what a row's figures count.
type unit string

const (
	milliseconds unit = "ms"
	microseconds unit = "µs an article"
	mebibytes    unit = "MiB"
	megabytes    unit = "MB"
	pieces       unit = ""
)

// A verdict is a bound and whether it was kept.
type verdict struct {
	Text string `json:"text"`
	Kept bool   `json:"kept"`
}

// atMost and atLeast judge a figure by a bound. That of a ratio has no unit.
func atMost(figure, bound float64, u unit) verdict {
	return verdict{strings.TrimSpace("≤ " + plain(bound) + " " + string(u)), figure <= bound}
}

func atLeast(figure, bound float64) verdict {
	return verdict{"≥ " + plain(bound), figure >= bound}
}

// format is a figure with its unit and three digits, or all if it counts pieces.
func (u unit) format(f float64) string {
	switch {
	case u == pieces:
		return plain(f)
	case u == milliseconds && math.Abs(f) >= 999.5:
		return threeDigits(f/1000) + " s"
	default:
		return threeDigits(f) + " " + string(u)
	}
}

func plain(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func threeDigits(f float64) string {
	switch a := math.Abs(f); {
	case a >= 99.95:
		return strconv.FormatFloat(f, 'f', 0, 64)
	case a >= 9.995:
		return strconv.FormatFloat(f, 'f', 1, 64)
	default:
		return strconv.FormatFloat(f, 'f', 2, 64)
	}
}

// A report is all that was found out.
type report struct {
	Rows    []row    `json:"rows"`
	Machine string   `json:"machine"`
	Date    string   `json:"date"`
	Pairs   int      `json:"pairs"`
	Notes   []string `json:"notes"`
}

func (r *report) note(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	for _, n := range r.Notes {
		if n == text {
			return
		}
	}
	r.Notes = append(r.Notes, text)
}

func (r *report) writeJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// writeTable writes the report as Markdown.
func (r *report) writeTable(w io.Writer) error {
	var b strings.Builder
	b.WriteString("| case | ours | floor or peer | ratio | goal | limit |\n")
	b.WriteString("| --- | --- | --- | --- | --- | --- |\n")
	for _, row := range r.Rows {
		cells := []string{row.Case, row.ours(), row.theirs(), row.ratio(), row.Goal.cell(), row.Limit.cell()}
		fmt.Fprintf(&b, "| %s |\n", strings.Join(cells, " | "))
	}
	fmt.Fprintf(&b, "\n%s; %s; medians of %d (least to most)\n", r.Machine, r.Date, r.Pairs)
	for _, n := range r.Notes {
		fmt.Fprintf(&b, "\n* %s", n)
	}
	b.WriteString("\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func (r row) ours() string {
	if r.Than == "" && r.Ours.Min != r.Ours.Max { // else the ratio has the spread
		return fmt.Sprintf("%s (%s–%s)", r.Unit.format(r.Ours.Median), threeDigits(r.Ours.Min), threeDigits(r.Ours.Max))
	}
	return r.Unit.format(r.Ours.Median)
}

func (r row) theirs() string {
	if r.Than == "" {
		return ""
	}
	return r.Than + " " + r.Unit.format(r.Theirs.Median)
}

func (r row) ratio() string {
	if r.Than == "" {
		return ""
	}
	return fmt.Sprintf("%s%s (%s–%s)", threeDigits(r.Ratio.Median), r.Reading, threeDigits(r.Ratio.Min), threeDigits(r.Ratio.Max))
}

func (v verdict) cell() string {
	switch {
	case v.Text == "":
		return ""
	case v.Kept:
		return v.Text + " ✓"
	default:
		return v.Text + " ✗"
	}
}

// machine describes what this runs on and where it writes.
func machine(dir string) string {
	words := []string{processor(), fmt.Sprintf("%d cores", runtime.NumCPU())}
	words = append(words, memory(), fileSystem(dir), runtime.GOOS+"/"+runtime.GOARCH, runtime.Version())
	var known []string
	for _, w := range words {
		if w != "" {
			known = append(known, w)
		}
	}
	return strings.Join(known, ", ")
}

func processor() string {
	return fieldOf("/proc/cpuinfo", "model name")
}

func memory() string {
	kib, err := strconv.ParseFloat(strings.TrimSuffix(fieldOf("/proc/meminfo", "MemTotal"), " kB"), 64)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%.0f GiB", kib/(1<<20))
}

// fieldOf is what stands behind a name and a colon in a file; empty where there
// is no such file.
func fieldOf(file, name string) string {
	data, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(data)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// fileSystem is the kind of the one that a folder is on; empty if it is not known.
func fileSystem(dir string) string {
	data, err := os.ReadFile("/proc/mounts")
	if err != nil {
		return ""
	}
	kind, longest := "", -1
	for line := range strings.Lines(string(data)) {
		f := strings.Fields(line)
		if len(f) < 3 || len(f[1]) < longest {
			continue
		}
		if point := strings.TrimSuffix(f[1], "/"); dir == point || strings.HasPrefix(dir, point+"/") {
			kind, longest = f[2], len(f[1])
		}
	}
	return kind
}

func today() string { return time.Now().Format(time.DateOnly) }
