package site

import (
	"strings"
	"testing"
	"time"

	"seedfeed/feed/article"
	"seedfeed/feed/channel"
	"seedfeed/feed/ledger"
)

var (
	march = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	here  = channel.Channel{Title: "Harbour & Sea", Base: "https://example.org/news/", Lang: "fa", Pages: true}
	lamp  = channel.Entry{
		Item: ledger.Item{Page: "articles/دریا/چراغ #1.html", Published: march},
		Article: &article.Article{Title: `چراغ <script>alert("x")</script>`, Kind: article.Lead, Summary: "نفت با قایق آمد.", Lang: "fa", Dir: "rtl",
			Authors: []string{"Jane Doe"}, Tags: []string{"نور"}, Body: []string{"متن & <b>متن</b>."}, Source: article.Source{Name: "پیک دریا", URL: "javascript:alert(1)"}},
	}
)

func contains(t *testing.T, html []byte, err error, wants ...string) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range wants {
		if !strings.Contains(string(html), want) {
			t.Errorf("%s lacks %s", html, want)
		}
	}
}

func TestPage(t *testing.T) {
	html, err := Page(here, lamp)
	contains(t, html, err,
		`<html lang="fa" dir="rtl">`, `<a href="../../index.html">`, `<p class="lead">نفت با قایق آمد.</p>`,
		`<p>متن &amp; &lt;b&gt;متن&lt;/b&gt;.</p>`, `<time datetime="2026-03-04T12:00:00Z">2026-03-04</time>`, `<bdi>Jane Doe</bdi>`,
		`<li>نور</li>`, `<bdi>پیک دریا</bdi>`, `<meta name="generator" content="seedfeed">`,
		`href="https://example.org/news/atom.xml"`, `default-src &#39;none&#39;`)
	for _, never := range []string{"<script", "javascript:"} {
		if strings.Contains(string(html), never) {
			t.Errorf("the page holds %s", never)
		}
	}
}

func TestIndex(t *testing.T) {
	html, err := Index(here, []channel.Entry{lamp})
	contains(t, html, err,
		`<html lang="fa" dir="rtl">`, `<h1 dir="auto">Harbour &amp; Sea</h1>`, `<article lang="fa" dir="rtl">`,
		`<a href="articles/%D8%AF%D8%B1%DB%8C%D8%A7/%DA%86%D8%B1%D8%A7%D8%BA%20%231.html">`, `<a href="atom.xml">`, `<a href="rss.xml">`)
}

func TestIndexWithoutPagesLinksToTheOriginal(t *testing.T) {
	c, e := here, lamp
	c.Pages = false
	a := *lamp.Article
	a.Link = "https://origin.example/1"
	e.Article = &a
	html, err := Index(c, []channel.Entry{e, lamp})
	contains(t, html, err, `<a href="https://origin.example/1">`)
	if strings.Contains(string(html), "articles/") {
		t.Error("it links to a page that is not there")
	}
}

func TestPageShowsWhatGoesWithIt(t *testing.T) {
	e := lamp
	e.Item.Enclosed = ledger.MediaList([]ledger.Media{
		{Name: "media/دریا/چراغ.jpg", Type: "image/jpeg", Size: 10}, {Name: "media/دریا/چراغ.mp3", Type: "audio/mpeg", Size: 3 << 20}, {Name: "media/دریا/چراغ.pdf", Type: "application/pdf", Size: 100},
	})
	html, err := Page(here, e)
	const address = "../../media/%D8%AF%D8%B1%DB%8C%D8%A7/%DA%86%D8%B1%D8%A7%D8%BA"
	contains(t, html, err, `<img src="`+address+`.jpg" alt="چراغ &lt;script&gt;`, `<audio controls preload="none" src="`+address+`.mp3">`,
		`<a href="`+address+`.mp3">چراغ.mp3</a> (3.0 MiB)`, `<a href="`+address+`.pdf">چراغ.pdf</a> (100 B)`, "img-src &#39;self&#39;; media-src &#39;self&#39;")
}
