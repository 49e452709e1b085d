package site

// end is that of every page.
const end = "</body>\n</html>\n"

// head opens a page and writes what stands in the head of every one, as
// testdata/head.html has it.
func (v *view) head(s *sheet) {
	s.put(`<!DOCTYPE html>
<html lang="`).text(v.Lang).put(`" dir="`).text(v.Dir).put(`">
<head>
<meta charset="utf-8">
`)
	s.meta("http-equiv", "Content-Security-Policy", v.Policy)
	s.put(`<meta name="generator" content="seedfeed">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>`).text(v.Title).put("</title>\n")
	if v.About != "" {
		s.meta("name", "description", v.About)
	}
	s.meta("property", "og:site_name", v.Channel.Title)
	s.meta("property", "og:title", v.Headline)
	if v.About != "" {
		s.meta("property", "og:description", v.About)
	}
	if v.Address != "" {
		s.meta("property", "og:url", v.Address)
	}
	for _, f := range v.Formats {
		s.put(`<link rel="alternate" type="`).put(f.Type).put(`" title="`).text(v.Channel.Title).put(" (").text(f.Name).put(`)" href="`).address(f.Address).put("\">\n")
	}
	s.put(`<link rel="icon" href="`)
	if v.Icon != "" {
		s.address(v.Root + relative(v.Icon))
	} else {
		s.put(icon)
	}
	s.put("\">\n<style>").put(style).put("</style>\n")
	if sheet := v.Channel.Stylesheet; sheet != "" {
		s.put(`<link rel="stylesheet" href="`).address(v.Root + relative(sheet)).put("\">\n")
	}
}

// icon is that of a channel without one of its own.
const icon = `data:image/svg+xml,%3Csvg%20xmlns=%27http://www.w3.org/2000/svg%27%20viewBox=%270%200%2016%2016%27%3E%3Crect%20width=%2716%27%20height=%2716%27%20rx=%273%27%20fill=%27%230a5796%27/%3E%3Cpath%20d=%27M4%208a4%204%200%200%201%204%204M4%204a8%208%200%200%201%208%208M4.5%2011.5h.1%27%20fill=%27none%27%20stroke=%27%23fff%27%20stroke-width=%271.8%27%20stroke-linecap=%27round%27/%3E%3C/svg%3E`

// meta writes one of the head's facts.
func (s *sheet) meta(key, name markup, content string) {
	s.put("<meta ").put(key).put(`="`).put(name).put(`" content="`).text(content).put("\">\n")
}

// home writes the link to the index.
func (v *view) home(s *sheet) {
	s.put(`<nav><a href="`).address(v.Root + "index.html").put(`"><bdi>`).text(v.Channel.Title).put("</bdi></a></nav>\n")
}
