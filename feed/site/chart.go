package site

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"seedfeed/feed/channel"
)

// chart shows how many articles each day had, up to that of the newest.
type chart struct {
	First, Last   string // the days at its ends
	Range         string // how many articles the days had
	Width, Height int
	Path          string // the bars (SVG 2, section 9.3)
}

// A day is three units wide, and a unit of that is the gap.
const dayWidth, barWidth, chartHeight = 3, 2, 48

// newChart is nil where there is nothing to compare.
func newChart(t channel.Tally, w *words) *chart {
	most, days := 0, 0
	for _, n := range t.Days {
		if n > 0 {
			days++
		}
		most = max(most, n)
	}
	if days < 2 {
		return nil
	}
	var bars strings.Builder
	for i, n := range t.Days {
		if n > 0 {
			h := max(1, n*chartHeight/most)
			fmt.Fprintf(&bars, "M%d %dv-%dh%dv%dz", i*dayWidth, chartHeight, h, barWidth, h)
		}
	}
	last := time.Unix(int64(t.Last)*86400, 0).UTC()
	return &chart{
		First: w.date(last.AddDate(0, 0, 1-len(t.Days))), Last: w.date(last), Range: w.number(slices.Min(t.Days[:])) + "–" + w.number(most),
		Width: len(t.Days) * dayWidth, Height: chartHeight, Path: bars.String(),
	}
}

// show writes the chart below what it is called.
func (c *chart) show(s *sheet, name string) {
	s.put("<figure class=\"daily\">\n<figcaption>").text(name).put(": ").text(c.Range).put("</figcaption>\n")
	s.put(`<svg viewBox="0 0 `).number(c.Width).put(" ").number(c.Height).put(`" preserveAspectRatio="none" role="img"`)
	s.put(` aria-label="`).text(name).put(": ").text(c.Range).put(", ").text(c.First).put(" – ").text(c.Last).put(`">`)
	s.put(`<path d="`).text(c.Path).put("\"/></svg>\n")
	s.put("<p><span>").text(c.First).put("</span> <span>").text(c.Last).put("</span></p>\n</figure>\n")
}
