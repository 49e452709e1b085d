package article

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// prose fills an article so that its language can be told.
const prose = "The keeper of the lighthouse said that he had not seen the like of it in all of his years there.\n\n" +
	"It was the first time that the lamp had been lit since the old engine was taken away by the council.\n\n" +
	"They are going to keep it burning through the winter, and they have asked for more oil."

func join(blocks ...string) string { return strings.Join(blocks, "\n\n") }

// read reads a text that has nothing wrong with it.
func read(tb testing.TB, text string) *Article {
	tb.Helper()
	a, err := Read(text)
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

func TestTitle(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"the first line is the title", join("Lamp is lit again", prose), "Lamp is lit again"},
		{"a genre above it is a kicker", join("OPINION", "Lamp is lit again", prose), "Lamp is lit again"},
		{"so is a short line that ends with a colon", join("From the island:", "Lamp is lit again", prose), "Lamp is lit again"},
		{"so is a line above one that is repeated", join("Island and sea", "Lamp is lit again", "A lead for it.", "Lamp is lit again", prose), "Lamp is lit again"},
		{"a date, a byline and a prompt are passed over", join("4 March 2026", "By Jane Doe", "Share on Facebook", "Lamp is lit again", prose), "Lamp is lit again"},
		{"an address is passed over", join("https://example.org/lamp", "Lamp is lit again", prose), "Lamp is lit again"},
		{"breadcrumbs are passed over", join("Home > News > Islands", "Lamp is lit again", prose), "Lamp is lit again"},
		{"a site behind a bar is cut", join("Lamp is lit again | Harbour News", prose), "Lamp is lit again"},
		{"a site before a bar is cut", join("Harbour News | Lamp is lit again", prose), "Lamp is lit again"},
		{"a site behind a dash is cut if the repeat lacks it", join("Lamp is lit again - Harbour News", "Lamp is lit again", prose), "Lamp is lit again"},
		{"a site behind a dash is cut if a credit names it", join("Lamp is lit again – Harbour News", prose, "Source: Harbour News"), "Lamp is lit again"},
		{"a part behind a dash stays if nobody knows it", join("Lamp is lit again - and nobody slept", prose), "Lamp is lit again - and nobody slept"},
		{"a label is cut if the repeat lacks it", join("LIVE: Lamp is lit again", "Lamp is lit again", prose), "Lamp is lit again"},
		{"a label stays if there is no repeat", join("Island: Lamp is lit again", prose), "Island: Lamp is lit again"},
		{"a date before a bar is cut", join("04/03/2026 | Lamp is lit again", prose), "Lamp is lit again"},
		{"a date in brackets is cut", join("Lamp is lit again (4 March 2026)", prose), "Lamp is lit again"},
		{"a date that belongs to it stays", join("The storm of 4 March 2026 in pictures", prose), "The storm of 4 March 2026 in pictures"},
		{"of one line the first sentence is the title", "Lamp is lit again. The keeper was pleased. So was the council.", "Lamp is lit again."},
		{"a single sentence keeps its words", "Lamp is lit again at last!", "Lamp is lit again at last!"},
		{"a title that looks like a credit is none", join("Source: minister to quit the harbour", prose), "Source: minister to quit the harbour"},
		{"an updated story's label stays, too", join("UPDATED: Lamp is lit again", prose), "UPDATED: Lamp is lit again"},
		{"sections between bars are passed over", join("World | Business", "Lamp is lit again", prose), "Lamp is lit again"},
		{"a title that looks like a byline is none", join("By the sea and far away", prose), "By the sea and far away"},
		{"nothing but furniture still has a title", join("Share on Facebook", "4 March 2026"), "Share on Facebook"},
		{"the first of two spellings counts", join("چراغ روشن شد", "چراغ دوباره روشن می\u200cشود", "متن خبر درباره چراغ است که روشن شد و مردم را شاد کرد."), "چراغ روشن شد"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := read(t, tt.text).Title; got != tt.want {
				t.Errorf("title of %q = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

func TestSummary(t *testing.T) {
	paragraphs := strings.Split(prose, "\n\n")
	for _, tt := range []struct {
		name, text, want string
		kind             SummaryKind
	}{
		{"a paragraph between title and repeat is the lead", join("Lamp is lit again", "Oil came by boat.", "Lamp is lit again", prose), "Oil came by boat.", Lead},
		{"a labelled summary is the lead, without its label", join("Lamp is lit again", "Summary: Oil came by boat.", prose), "Oil came by boat.", Lead},
		{"a paragraph before the byline is the lead", join("Lamp is lit again", "Oil came by boat.", "By Jane Doe", prose), "Oil came by boat.", Lead},
		{"a paragraph before the date is the lead", join("Lamp is lit again", "Oil came by boat.", "4 March 2026", prose), "Oil came by boat.", Lead},
		{"a paragraph before a dateline is the lead", join("Lamp is lit again", "Oil came by boat.", "PORT (AP) - "+prose), "Oil came by boat.", Lead},
		{"two paragraphs before a dateline are body", join("Lamp is lit again", "Oil came by boat.", "It was good oil.", "PORT (AP) - "+prose), "Oil came by boat.", Derived},
		{"a dateline is no lead", join("Lamp is lit again", "PORT (AP) - Oil came by boat.", "4 March 2026", prose), "PORT (AP) - Oil came by boat.", Derived},
		{"what an office says opens no report", join("Lamp is lit again", "Oil came by boat.", "According to the police, the lamp is lit and all of the people were there.", prose), "Oil came by boat.", Derived},
		{"a count of comments in the head closes nothing", join("Lamp is lit again", "Oil came by boat.", "12 Comments", prose), "Oil came by boat.", Derived},
		{"a teaser is no furniture", join("Lamp is lit again", "Oil came by boat.", "Read also: The oil runs out", prose), "Oil came by boat.", Derived},
		{"a lead that only says the title again is a repeat", join("Lamp is lit again", "Lamp is lit again.", prose), paragraphs[0], Derived},
		{"without a lead the first paragraph sums up", join("Lamp is lit again", prose), paragraphs[0], Derived},
		{"a title alone has no summary", "Lamp is lit again", "", NoSummary},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := read(t, tt.text)
			if a.Summary != tt.want || a.Kind != tt.kind {
				t.Errorf("summary of %q = %q (%s), want %q (%s)", tt.text, a.Summary, a.Kind, tt.want, tt.kind)
			}
			if inBody := len(a.Body) > 0 && slices.Contains(a.Body, tt.want); inBody == (tt.kind == Lead) && tt.want != "" {
				t.Errorf("the summary stands in the body: %v", inBody)
			}
		})
	}
}

func TestDerivedSummary(t *testing.T) {
	sentence := "A " + strings.Repeat("word ", 20) + "end. " // 107 code points
	for _, tt := range []struct{ name, text, want string }{
		{"a short paragraph is taken whole", "One. Two.", "One. Two."},
		{"of a long one the whole sentences that fit", strings.Repeat(sentence, 4), strings.TrimSpace(strings.Repeat(sentence, 2))},
		{"initials, titles and ordinals end no sentence", "Dr. A. Smith came on 7. September and stayed. " + strings.Repeat("So ", 100), "Dr. A. Smith came on 7. September and stayed."},
		{"if no sentence fits, the words that do", strings.Repeat("abcdefghi ", 40), strings.TrimSpace(strings.Repeat("abcdefghi ", 28)) + "…"},
		{"the cut leaves no comma", strings.Repeat("abcdefgh, ", 40), strings.TrimSuffix(strings.Repeat("abcdefgh, ", 28), ", ") + "…"},
		{"Japanese sentences end without a space", strings.Repeat("あ", 150) + "。" + strings.Repeat("い", 150) + "。", strings.Repeat("あ", 150) + "。"},
		{"a closing quotation mark belongs to its sentence", "«" + strings.Repeat("آ", 100) + ".» " + strings.Repeat("ب ", 120), "«" + strings.Repeat("آ", 100) + ".»"},
		{"an endless word is cut all the same", strings.Repeat("x", 400), strings.Repeat("x", 280) + "…"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := wordsOf("en").derive(tt.text); got != tt.want {
				t.Errorf("derive(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

func TestSource(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       Source
	}{
		{"a labelled line in the foot", join("Lamp is lit again", prose, "Source: Harbour News"), Source{"Harbour News", "", CreditLine}},
		{"a labelled line in the head", join("Lamp is lit again", "Source: Harbour News", prose), Source{"Harbour News", "", CreditLine}},
		{"in brackets", join("Lamp is lit again", prose, "(Source: Harbour News)"), Source{"Harbour News", "", CreditLine}},
		{"a label alone takes the next line", join("Lamp is lit again", prose, "Source:", "Harbour News"), Source{"Harbour News", "", CreditLine}},
		{"with an address beside the name", join("Lamp is lit again", prose, "Source: Harbour News (https://harbour.example/1)"), Source{"Harbour News", "https://harbour.example/1", CreditLine}},
		{"an address alone is named by its host", join("Lamp is lit again", prose, "Source: https://www.harbour.example/1"), Source{"harbour.example", "https://www.harbour.example/1", CreditLine}},
		{"beside a date", join("Lamp is lit again", "4 March 2026 Source: Harbour News", prose), Source{"Harbour News", "", CreditLine}},
		{"the same words within the story are story", join("Lamp is lit again", prose, "Source: that is what they call the spring.", prose), Source{}},
		{"a picture's credit is none", join("Lamp is lit again", prose, "Photo: Harbour News"), Source{}},
		{"a name alone in slashes", join("Lamp is lit again", prose, "/Harbour News/"), Source{"Harbour News", "", CreditLine}},
		{"a remark in brackets is none", join("Lamp is lit again", prose, "(laughs)"), Source{}},
		{"an outlet behind the author", join("Lamp is lit again", "By Jane Doe / Harbour News", prose), Source{"Harbour News", "", CreditLine}},
		{"the agency of a dateline", join("Lamp is lit again", "PORT (AP) -- "+prose), Source{"AP", "", Attributed}},
		{"as an outlet reports", join("Lamp is lit again", "The lamp is lit, as the newspaper Harbour News reports, and all are glad of it.", prose), Source{"Harbour News", "", Attributed}},
		{"an office is no outlet", join("Lamp is lit again", "The lamp is lit, according to the police, and all are glad of it.", prose), Source{}},
		{"a person is no outlet", join("Lamp is lit again", "The lamp is lit, according to Jane Doe, and all are glad of it.", prose), Source{}},
		{"a later paragraph does not count", join("Lamp is lit again", prose, "The lamp is lit, as Harbour News reports, and all are glad of it."), Source{}},
		{"a tag that ends the last paragraph", join("Lamp is lit again", prose+" (AP)"), Source{"AP", "", Attributed}},
		{"a line wins over the text", join("Lamp is lit again", "PORT (AP) -- "+prose, "Source: Harbour News"), Source{"Harbour News", "", CreditLine}},
		{"a copyright line comes last", join("Lamp is lit again", prose, "© 2026 Harbour News. All rights reserved."), Source{"Harbour News", "", CreditLine}},
		{"one that names nobody is none", join("Lamp is lit again", prose, "© All rights reserved"), Source{}},
		{"an unknown prompt behind the credit does not hide it", join("Lamp is lit again", prose, "Source: Harbour News", "Ring the bell"), Source{"Harbour News", "", CreditLine}},
		{"the Persian label wins over the attribution", join("چراغ روشن شد", "به گزارش خبرگزاری ساحل، چراغ دوباره روشن شد و همه شاد شدند.", "مردم گفتند که این را فراموش نمی\u200cکنند.", "منبع: پیک دریا"), Source{"پیک دریا", "", CreditLine}},
		{"the Persian attribution drops the type word", join("چراغ روشن شد", "به گزارش خبرگزاری ساحل، چراغ دوباره روشن شد و همه شاد شدند.", "مردم گفتند که این را فراموش نمی\u200cکنند."), Source{"ساحل", "", Attributed}},
		{"the origin wins over the one who reports", join("چراغ روشن شد", "به گزارش ساحل به نقل از روزنامه موج، چراغ دوباره روشن شد.", "مردم گفتند که این را فراموش نمی\u200cکنند."), Source{"موج", "", Attributed}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := read(t, tt.text).Source; got != tt.want {
				t.Errorf("source of %q = %+v, want %+v", tt.text, got, tt.want)
			}
		})
	}
}

func TestHeadAndFoot(t *testing.T) {
	a := read(t, join("Lamp is lit again", "By Jane Doe and John Roe", "Published 4 March 2026, 14:05 GMT", "Updated 5 March 2026",
		prose, "Photo: Max Muster", "Read also: The oil runs out", "Tags: light, sea", "Share on Facebook", "###", "More of the same kind of thing"))
	if want := []string{"Jane Doe", "John Roe"}; !slices.Equal(a.Authors, want) {
		t.Errorf("authors %q, want %q", a.Authors, want)
	}
	if want := []string{"light", "sea"}; !slices.Equal(a.Tags, want) {
		t.Errorf("tags %q, want %q", a.Tags, want)
	}
	if got, want := a.Stated.In(time.UTC), time.Date(2026, 3, 4, 14, 5, 0, 0, time.UTC); !got.Equal(want) || !a.Stated.Zoned {
		t.Errorf("published %v, want %v", got, want)
	}
	if got, want := strings.Join(a.Body, "\n\n"), prose; got != want {
		t.Errorf("body %q, want %q", got, want)
	}
}

func TestRoles(t *testing.T) {
	for _, tt := range []struct {
		line string
		want Role
	}{
		{"By Jane Doe", RoleByline}, {"By Tuesday the river had fallen below the bridge and the ferry sailed.", RoleBody},
		{"Share on Telegram", RoleShare}, {"Share prices fell on Tuesday as the wind turned north.", RoleBody},
		{"Photo: Jane Doe", RoleCaption}, {"• Read also: The oil runs out", RoleTeaser}, {"By Reuters", RoleByline}, {"Copyright 2021 Harbour News", RoleRights}, {"Read also: The oil runs out", RoleTeaser},
		{"Updated 5 March 2026, 10:00", RoleUpdated}, {"Published 4 March 2026 | Updated 5 March 2026", RoleDate},
		{"jane@harbour.example", RoleCode}, {"https://example.org/x", RoleCode}, {"© 2026 Harbour News", RoleRights},
		{"#light #deep_sea", RoleTags}, {"Edited by Jane Doe", RoleEditor}, {"5 min read", RoleCode},
		{"Ends", RoleEnd}, {"The story ends.", RoleBody},
	} {
		t.Run(tt.line, func(t *testing.T) {
			a := read(t, join("Lamp is lit again", prose, tt.line))
			last := a.Lines[len(a.Lines)-1]
			if last.Role != tt.want {
				t.Errorf("role of %q = %s (%s), want %s", tt.line, last.Role, last.Why, tt.want)
			}
		})
	}
}

func TestAnEndMarkGluedToTheLastParagraphIsCut(t *testing.T) {
	const story = "چراغ دوباره روشن شد و مردم گفتند که این را فراموش نمی\u200cکنند"
	for _, tt := range []struct{ name, last, want string }{
		{"behind a full stop", story + ".انتهای پیام/", story + "."},
		{"with a number", story + ". انتهای پیام/ ۱۲۳", story + "."},
		{"without a full stop", story + " انتهای پیام/", story},
		{"words of the story stay", story + " تا پایان", story + " تا پایان"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := read(t, join("چراغ روشن شد", "این خبر است که از دریا می\u200cآید و به شهر می\u200cرود.", tt.last))
			if got := a.Body[len(a.Body)-1]; got != tt.want {
				t.Errorf("last paragraph %q, want %q", got, tt.want)
			}
		})
	}
}

func TestDatelines(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       Source
	}{
		{"city and agency between dashes", join("چراغ روشن شد", "تهران - ایرنا - چراغ دوباره روشن شد و همه شاد شدند که این را دیدند."), Source{"ایرنا", "", Attributed}},
		{"place and agency in brackets", join("新しい橋が開通", "（東京＝海風通信）村の新しい橋が水曜日に開通し、住民たちは音楽で祝った。"), Source{"海風通信", "", Attributed}},
		{"place and date before the agency", join("Neue Brücke", "ANNABERG, 7. September (dpa) – Die neue Brücke im Dorf ist am Mittwoch eröffnet worden."), Source{"dpa", "", Attributed}},
		{"the type word stays in brackets", join("جسر جديد", "القاهرة (وكالة القمم) - فتح الجسر صباح اليوم أمام الناس وقال المهندس إن العمل استغرق ثلاث سنوات."), Source{"وكالة القمم", "", Attributed}},
		{"a word with dashes is no dateline", join("Lamp is lit again", "Anglo-French-German oil came by boat, and they are going to keep it burning."), Source{}},
		{"a remark in brackets is none", join("Lamp is lit again", "The lamp (it is an old one) was lit again by the keeper and all of the people came."), Source{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := read(t, tt.text).Source; got != tt.want {
				t.Errorf("source = %+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestLines(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"every kind of line end", "a\nb\r\nc\rd\u0085e\u2028f\u2029g", []string{"a", "b", "c", "d", "e", "f", "g"}},
		{"margins of white space, joiners and direction marks", "\u200f \u00a0a b\u200c\u202c\t\n\u200b\u00a0", []string{"a b", ""}},
		{"controls and overrides within a line are dropped", "a\x01b\u202ec\td", []string{"abc d"}},
		{"references become their characters", "&quot;a&nbsp;b&quot; &amp; c", []string{"\"a\u00a0b\" & c"}},
		{"what only looks like a reference stays", "AT&T; x&y=1&copy=2 &nonsense;", []string{"AT&T; x&y=1&copy=2 &nonsense;"}},
		{"a joiner within a word stays", "می\u200cشود", []string{"می\u200cشود"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := split(nil, tt.text); !slices.Equal(got, tt.want) {
				t.Errorf("split(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

func TestHardWrappedText(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("word ", 13)) // 64 characters
	wrapped := strings.Join([]string{"Title", "", long, long, "end.", "", long, "end."}, "\n")
	a := read(t, wrapped)
	if want := []string{long + " " + long + " end.", long + " end."}; !slices.Equal(a.Body, want) {
		t.Errorf("body %q, want %q", a.Body, want)
	}
	verse := "Title\n\nshort line\nand another\n\na third line\nand the last"
	if a := read(t, verse); len(a.Body) != 4 {
		t.Errorf("short lines are paragraphs of their own: %q", a.Body)
	}
}

func TestLanguage(t *testing.T) {
	for _, tt := range []struct{ text, lang, dir string }{
		{"دوربین\u200cهای تله\u200cای تصویر یک یوز ماده و دو توله سالم را ثبت کردند", "fa", "rtl"},
		{"مدرسه هاي شهر فردا با تاخير باز مي شوند و پدران چيزي نگفتند", "fa", "rtl"},
		{"وقال مدير المشروع إن السفينة ستبحر مرة كل شهر إلى القرى الساحلية القريبة", "ar", "rtl"},
		{"העירייה סיימה השבוע את עבודות האיטום בגג תחנת הרכבת", "he", "rtl"},
		{"The band plans a free concert at the end of the month", "en", "ltr"},
		{"Der Verein klebt jedem hundertsten Tier ein winziges Plättchen auf den Rücken", "de", "ltr"},
		{"店主は元駅員の孫で、改札口をそのまま会計台に使っている", "ja", "ltr"},
		{"1234 5678", "", "ltr"},
	} {
		if lang, dir := detect([]string{tt.text}); lang != tt.lang || dir != tt.dir {
			t.Errorf("detect(%q) = %q %q, want %q %q", tt.text, lang, dir, tt.lang, tt.dir)
		}
	}
}

func TestALongQuotationDoesNotDecideTheLanguage(t *testing.T) {
	quotation := strings.Repeat("The keeper said that he had not seen the like of it in all of his years. ", 40)
	paragraph := strings.Repeat("مردم گفتند که این را در همه این سال ها ندیده بودند و فراموش نمی کنند. ", 20)
	if a := read(t, join("چراغ روشن شد", quotation, paragraph, paragraph, paragraph)); a.Lang != "fa" || a.Dir != "rtl" {
		t.Errorf("language %q %q, want fa rtl", a.Lang, a.Dir)
	}
}

func TestHostileTextStaysLinear(t *testing.T) {
	// A quadratic reader would need hours for these, and the test's time limit would end it.
	for name, text := range map[string]string{
		"a line of a megabyte":        strings.Repeat("word ", 200_000),
		"a hundred thousand lines":    strings.Repeat("line of text\n", 100_000),
		"as many titles":              strings.Repeat("Lamp is lit again\n", 100_000),
		"as many bars":                "Title\n" + strings.Repeat("| ", 100_000),
		"as many dashes in the title": strings.Repeat("a - ", 100_000) + "\nbody",
		"as many references":          strings.Repeat("&amp;", 100_000),
		"as many ampersands":          strings.Repeat("&", 400_000),
		"as many open brackets":       strings.Repeat("(", 400_000) + "\n" + strings.Repeat("(", 400_000),
		"as many labels":              strings.Repeat("Source:\n", 100_000),
		"as many numbers":             strings.Repeat("2022-", 100_000),
	} {
		t.Run(name, func(t *testing.T) {
			if a := read(t, text); a.Title == "" {
				t.Error("no title")
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add("Title\n\nLead\n\nTitle\n\nBody of it.\n\nSource: X")
	f.Add("عنوان | سایت\n\nبه گزارش خبرگزاری ساحل، متن.\n\nانتهای پیام/\n\nمنبع: پیک دریا")
	f.Add("Title\n\na ¦ b ❘ 4 March 2026 · 10:00\n\n(النهاية) ر س / م ع")
	f.Add("---\ntitle: Given\nsource: {name: X}\nauthor: [a, b]\ndate: 2026-03-04\n---\nBody of it.")
	f.Add("LIVE: A - B | 2022年9月7日\r\n（記者＝X）\u2028【打印】")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return // decoding is the seed's affair
		}
		a, err := Read(text)
		if errors.Is(err, ErrFront) {
			return
		}
		again := read(t, text)
		if fmt.Sprint(a) != fmt.Sprint(again) {
			t.Error("two readings differ")
		}
		said := slices.ContainsFunc(a.Lines, func(l Line) bool { return l.Role != RoleFront })
		if a.Title == "" && said || a.Title != "" && len(a.Lines) == 0 {
			t.Errorf("title %q of %d lines", a.Title, len(a.Lines))
		}
		for _, s := range append([]string{a.Title, a.Summary, a.Source.Name}, a.Body...) {
			if !utf8.ValidString(s) || strings.ContainsAny(s, "\n\r\x00") {
				t.Errorf("%q is no line of text", s)
			}
		}
	})
}
