package article

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
)

const paragraph = "The keeper of the lighthouse said that he had not seen the like of it in all of his years there."

func TestFrontMatterWins(t *testing.T) {
	text := join(`---
title: "The lamp: a history"
summary: How a lamp was lit, lost and lit again.
source: {name: Harbour News, url: https://harbour.example/}
author: [Jane Doe, "John, the Elder"]
date: 2026-03-04 14:05 +03:30
lang: en-GB
tags: lamps, the sea
link: https://harbour.example/lamp
id: lamp-1
draft: true
layout: post
---
OPINION`, "The lamp: a history", "By Somebody Else", "1 January 2020", "How a lamp was lit, lost and lit again.", paragraph, "Source: Another Paper")
	a := read(t, text)
	want := &Article{
		Title: "The lamp: a history", Kicker: "OPINION", Summary: "How a lamp was lit, lost and lit again.", Kind: Lead,
		Source: Source{"Harbour News", "https://harbour.example/", CreditLine}, Authors: []string{"Jane Doe", "John, the Elder"},
		Stated: Stated{Time: time.Date(2026, 3, 4, 14, 5, 0, 0, time.FixedZone("", 12600)), Clock: true, Zoned: true},
		Lang:   "en", Dir: "ltr", Tags: []string{"lamps", "the sea"}, Link: "https://harbour.example/lamp", Body: []string{paragraph},
		ID: "lamp-1", Draft: true, Fixed: true,
	}
	if !a.Stated.Time.Equal(want.Stated.Time) {
		t.Errorf("date %v, want %v", a.Stated.Time, want.Stated.Time)
	}
	lines := a.Lines
	a.Lines, a.Stated.Time = nil, want.Stated.Time
	if !reflect.DeepEqual(a, want) {
		t.Errorf("read as\n%+v, want\n%+v", a, want)
	}
	if lines[0].Role != RoleFront || lines[0].N != 1 || lines[13].Role != RoleKicker || lines[13].N != 14 {
		t.Errorf("lines %v", lines[:15])
	}
}

func TestFrontMatterLeavesTheRestToTheText(t *testing.T) {
	for _, tt := range []struct {
		name, front, body   string
		title, summary, src string
		paragraphs          int
	}{
		{"a title that no line says", "title: Given", "First paragraph of it.\n\nSecond one.", "Given", "First paragraph of it.", "", 2},
		{"no title: the first line", "tags: [a]", "Lamp is lit\n\n" + paragraph, "Lamp is lit", paragraph, "", 1},
		{"a summary that no paragraph says", "summary: In short.", "Lamp is lit\n\n" + paragraph, "Lamp is lit", "In short.", "", 1},
		{"the source of the text", "title: Given", paragraph + "\n\nSource: Harbour News", "Given", paragraph, "Harbour News", 1},
		{"no source, on purpose", "title: Given\nsource:", paragraph + "\n\nSource: Harbour News", "Given", paragraph, "", 1},
		{"an address stands for the outlet", "title: Given\nsource: {url: https://www.harbour.example/x}", paragraph, "Given", paragraph, "harbour.example", 1},
		{"a comment and nothing else", "# nothing yet", "Lamp is lit\n\n" + paragraph, "Lamp is lit", paragraph, "", 1},
		{"a title and nothing else", "title: Given", "", "Given", "", "", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := read(t, "---\n"+tt.front+"\n---\n"+tt.body)
			if a.Title != tt.title || a.Summary != tt.summary || a.Source.Name != tt.src || len(a.Body) != tt.paragraphs {
				t.Errorf("title %q, summary %q, source %q, %d paragraphs", a.Title, a.Summary, a.Source.Name, len(a.Body))
			}
		})
	}
}

func TestWhatIsNoFrontMatterIsText(t *testing.T) {
	for _, text := range []string{
		"---\nA line under a ruling\n---\nAnd more.",
		"---\ntitle: never closed\n\nText.",
		"--- title: x ---\nText.",
		"Title\n---\ntitle: x\n---\nText.",
	} {
		if a := read(t, text); a.Title == "x" || a.Title == "never closed" || len(a.Lines) == 0 || a.Lines[0].Role == RoleFront {
			t.Errorf("%q: title %q, lines %v", text, a.Title, a.Lines)
		}
	}
}

func TestFrontMatterThatCannotBeReadIsAnError(t *testing.T) {
	for _, tt := range []struct{ name, front, want string }{
		{"broken YAML", "title: [a", "front matter: "},
		{"a list", "title: x\n- a\n- b", "front matter: "},
		{"a date in words", "date: the day after tomorrow", `date "the day after tomorrow" has no day`},
		{"a date that there is not", "date: 2026-02-31", `date "2026-02-31"`},
		{"a list for a title", "title: [a, b]", "title must be a text"},
		{"a map for an author", "author: {first: Jane}", "author must be a text or a list of texts"},
		{"no address", "link: ask me", `"ask me" is not an http or https address`},
		{"a language that is none", "lang: klingonese", "no language tag"},
		{"half a draft", "draft: maybe", "must be true or false"},
		{"an alias", "title: &a x\nsummary: *a", "aliases"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Read("---\n" + tt.front + "\n---\nText.")
			if !errors.Is(err, ErrFront) || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("error %v, want one with %q on one line", err, tt.want)
			}
		})
	}
}

func TestReaderKnowsWhatItsOwnerSays(t *testing.T) {
	tehran, err := time.LoadLocation("Asia/Tehran")
	if err != nil {
		t.Fatal(err)
	}
	rd := &Reader{Source: "Harbour News", Author: "Night desk", Lang: "en", Zone: tehran}
	for section, phrase := range map[string]string{Drop: "Ring the bell of …", "source": "Lifted from", "byline": "Pen:"} {
		if err := rd.AddCue(section, phrase); err != nil {
			t.Fatal(err)
		}
	}
	if err := rd.AddCue("colour", "red"); err == nil || !strings.Contains(err.Error(), `"colour"`) {
		t.Errorf("a kind of cue that there is not: %v", err)
	}
	a, err := rd.Read(join("Lamp is lit again", "Pen: Jane Doe", "4 March 2026, 14:05", paragraph, "Ring the bell of the harbour"))
	if err != nil {
		t.Fatal(err)
	}
	if a.Source.Name != "Harbour News" || a.Authors[0] != "Jane Doe" || len(a.Body) != 1 || a.Stated.Time.Format(time.RFC3339) != "2026-03-04T14:05:00+03:30" {
		t.Errorf("read as %+v", a)
	}
	if a, err = rd.Read(join("Lamp is lit again", paragraph, "Lifted from Another Paper")); err != nil || a.Source.Name != "Another Paper" {
		t.Errorf("source %+v, %v", a.Source, err)
	}
	if a.Authors[0] != "Night desk" {
		t.Errorf("an article that names no author has %q", a.Authors)
	}
	if a, err = rd.Read(join("---", "source:", "author: []", "---", "Lamp is lit again", paragraph)); err != nil || a.Source.Name != "" || a.Authors != nil {
		t.Errorf("front matter that names nobody is read as %+v, %q, %v", a.Source, a.Authors, err)
	}
}
