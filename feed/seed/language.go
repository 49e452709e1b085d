package seed

import (
	"math"
	"sync"
	"unicode"
	"unicode/utf8"
)

// language is how a text in it looks: what every character costs, in bits. The
// likelier it is to come next, the less. Bits are whole sixteenths, so that a
// sum of them is the same in whatever order.
type language struct {
	scripts []*unicode.RangeTable
	common  map[rune]float64 // what small letters and signs cost that are no surprise
	rest    float64          // what every other costs on top of its kind
}

// What a character costs by its kind. Unread, a byte costs 8: a kind that costs
// more speaks against a reading.
const (
	ascii       = 8.0  // no charset spells it otherwise, so it says nothing
	typographic = 6.0  // what typesetters add to every language
	odd         = 9.0  // other punctuation and spaces, digits, marks
	rare        = 10.0 // a letter that is not common
	symbol      = 12.0
	foreign     = 18.0 // a letter of another script
	junk        = 32.0 // control, frame, unassigned, private or U+FFFD
)

const typesetting = "’“”–—…«»„‘‚‹›\u00a0€£°§½·•©®™"

// languages are what the charsets are told by: of each, under its ISO code, the
// characters, the commonest first. A capital counts as its small letter; İ
// stands here because its own is i.
var languages = sync.OnceValue(func() map[string]*language {
	return withAll(map[string]*language{
		// Any of western Europe that has no row of its own.
		"und": western("àáâãäåæçèéêëìíîïñòóôõöøùúûüßœªº¿¡"),
		"en":  latin("etaoinsrhldcumfpgwybvkxjqzé"),
		"fr":  latin("esaitnrulodcpméfgvhbqàxyèjêzkwôçîûâùœëïü"),
		"de":  latin("enitrsadluhgocmbfkpzwvüyäxöjßqé"),
		"es":  latin("eaornisdcltupmbfvgóhíáqxyjzéúkwñü¿¡ªº"),
		"pt":  latin("eaorisdtncmlpufvãhgbçxáízéqyjóõúkwêâàôºªü"),
		"it":  latin("eioantrlscdpumgfvzbhèqàùòykwxjìé"),
		"ca":  latin("easirtnlodcupmfgbxvhqóàéíèjzçyúòkwï·ü"),
		"nl":  latin("entairosdlgvmpkubchwfjzyxéëïqèöü"),
		"da":  latin("erntilsadkogmfuvpbhåøyæjcwxzéqü"),
		"sv":  latin("etanrisldokgmfpvuäcöbhåyjxéwzqü"),
		"fi":  latin("aintesolkuämvrjhypdögbfcwåéqxz"),
		"is":  latin("arniestuðlgmkfhvádþíobyjóæpöúéýxcwzq"),
		"tr":  latin("aeinrlıkdtsmyuobüşzgçğvchpöfİjâîûwqx"),
		"pl":  latin("aieonzwsrctykdpmulłjgbęążóśhćfńźvxq"),
		"cs":  latin("oenatsilvrkudípmázycbhjěřéčšžýůgfúxwóňťďq"),
		"sk":  latin("oaeinrtsvlkpmduázbychjíčúýťéžšľgfxwôóňäďqĺŕ"),
		"hu":  latin("eatlsnkriozámgédvyjhubpöfcóőíüúűxwq"),
		"ro":  latin("eiartnulcosdăpmvgfbţşîzhâjxkwyq"),
		"hr":  latin("aieonrjstukvdmlpgzbčcšhžćfđxwyq"),
		"sl":  latin("aeinorstjlvkdpmzubgčhšcžfxywq"),

		"ru": alphabet("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё№", unicode.Cyrillic),
		"uk": alphabet("оанивіетрсклдумпяьзгбйчхцїжюєшщфґўыэё№", unicode.Cyrillic),
		"be": alphabet("аныркеліодтвпсяцмзуьўэчгбйшфжюхё№", unicode.Cyrillic),
		"bg": alphabet("аеоинтрсвдлкпмзъугябчцжщйшхюфь№", unicode.Cyrillic),
		"sr": alphabet("аоеинртсвдјукмлпзбгшчцњћжљхђфџѓќѕ", unicode.Cyrillic),

		"el": alphabet("ατοειςνσκπρυλημίόάδγέήθχύβφώξζψϊϋΐΰ", unicode.Greek),
		"hi": alphabet("ा्करेनिहसतीोमलपयंदवुबगैजधभअइशचथछआखएटूषणठउड़ौओझफघईढँऔञऊऐःृ।", unicode.Devanagari),
		"he": alphabet("יוהלאתרבמשנכםדחקעפטןגסזצךףץ־״׳", unicode.Hebrew),
		"th": alphabet("านร่อกเงมยลวดท้ะสีตัปบิไคหแ์็พจชขใโำผุถูธณืศฟภซญษึฐๆฝ", unicode.Thai),

		"ar": alphabet("اليمنورتبةعدسفهكقأحج،شطصىخإذثئضظزءغؤآ؛؟ـًّ", unicode.Arabic),
		"fa": alphabet("ايیردنهمو\u200cتبسشکكلزخفعقگحپج،آچطصيضغذثظئژؤأء؛؟ًّ", unicode.Arabic),
		"ur": alphabet("اکیریےںنوہمتسلہبدپگجھچشعحقٹفخڑزطصذضڈئآظغثءژكي،؟", unicode.Arabic),

		// The commonest 300 are about two thirds of what a newspaper prints.
		"zh-Hans": syllabary("，的。一是不了在人有我他这个们中来上大为和国地到、以说时要就出会可也你对生能而子那得于着下自之年“”"+
			"过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日"+
			"者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产"+
			"或新己制身果加西月话合回特代内信表化老给世位次度门任常先海通教原东声提立及比员解水名真论处走各入几口认条平系气题活"+
			"更别打女变四总何电数安少报才结反受目太量再感建务做接必场件计管期市直资山金指许统区保至队形社便空治展科司五基书非则"+
			"界达光放强难权设式路记南品住告类求据程北边该交规万取领共确传师今院让带导争运：《》；？！（）·", unicode.Han),
		"zh-Hant": syllabary("，的。一是不了在人有我他這個們中來上大為和國地到、以說時要就出會可也你對生能而子那得於著下自之年「」"+
			"過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日"+
			"者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產"+
			"或新己制身果加西月話合回特代內信表化老給世位次度門任常先海通教原東聲提立及比員解水名真論處走各入幾口認條平系氣題活"+
			"更別打女變四總何電數安少報才結反受目太量再感建務做接必場件計管期市直資山金指許統區保至隊形社便空治展科司五基書非則"+
			"界達光放強難權設式路記南品住告類求據程北邊該交規萬取領共確傳師今院讓帶導爭運臺台灣：《》；？！（）『』·", unicode.Han),
		"ja": syllabary("の、に。はをたとがいてでしるなれっさかもりあ「」こらんきよまくすーけうンそスルトイみめどせアラドリクシロレ年日だ人ちおタ大ッ"+
			"わ一つ国フィ・中出ばマテプ本えべバムサコ会ナ事オウメび者部ニ市時上カ生行ろジ学月パ分地エ場ャズ合グ同前長後社間見やュキ"+
			"議ほツ東ブ新ミネ的デビ業立家気十回方二三小手作対高金内定自代発ダ目今下ペ所ゴ入明体げ戦力東京動ハ田ョ町山県校水関食店今"+
			"最全員実電車思取当子物問表住口開女名花祭川ァボポガぐずじへひふほむゆねぬびぶぼござぎ四五六七八九百千万（）", unicode.Hiragana, unicode.Katakana, unicode.Han),
		"ko": syllabary("이다는에을의가고하지한로사를기은도인서대시어리정자들수그일나해있아과부스보라전제으장주만안성조원상여구소국면경공비적우년동"+
			"마것했위회유게무문오트방연관신되드선생진러물치용분월발레실요계내발세반금미할중등모법명까불바식았입간재화출학산외개양행"+
			"었와교거강말된체통려던업현속당천단감민당지음데각결합설운표선달번집르같최심배추후더노본호음터독노영야니종길난권포없건"+
			"청토군평살저변령남북사날히때임럼될작받목질두올울백타초파력눈점순약특확피디버찰석형복크프여습또새린온잘못열책역론시활투", unicode.Hangul, unicode.Han),
	})
})

// latin is an alphabet of which most is ASCII. What lies beyond costs little: it
// is seldom, and which letter it is tells the charset.
func latin(letters string) *language {
	return newLanguage(letters, 0, func(rank float64) float64 { return min(1+rank*5/32, 6.5) }, unicode.Latin)
}

// western has letters that are neither likely nor a surprise.
func western(letters string) *language {
	return newLanguage(letters, 0, func(float64) float64 { return 6.5 }, unicode.Latin)
}

// alphabet has few letters: each is about an eighth rarer than the one before.
func alphabet(letters string, script *unicode.RangeTable) *language {
	return newLanguage(letters, 0, func(rank float64) float64 { return min(3+rank*3/16, 9) }, script)
}

// syllabary has thousands of characters, of which the k-th is about k times as
// rare as the first (Zipf's law). They take two bytes, so the rest may cost more.
func syllabary(characters string, scripts ...*unicode.RangeTable) *language {
	return newLanguage(characters, 7, func(rank float64) float64 { return 2 + math.Log2(rank+3) }, scripts...)
}

func newLanguage(common string, rest float64, cost func(rank float64) float64, scripts ...*unicode.RangeTable) *language {
	l := &language{scripts, make(map[rune]float64), rest}
	for _, r := range common {
		l.add(r, math.Round(cost(float64(len(l.common)))*16)/16)
	}
	for _, r := range typesetting {
		l.add(r, typographic)
	}
	return l
}

func (l *language) add(r rune, bits float64) {
	if old, ok := l.common[r]; !ok || bits < old {
		l.common[r] = bits
	}
}

// withAll adds "mul", all languages in one, for a charset that spells them all
// in two bytes a character.
func withAll(languages map[string]*language) map[string]*language {
	all := &language{nil, make(map[rune]float64), 7}
	for _, l := range languages {
		all.scripts = append(all.scripts, l.scripts...)
		for r, bits := range l.common {
			if !isASCII(r) {
				all.add(r, bits)
			}
		}
	}
	languages["mul"] = all
	return languages
}

// cost is what a text costs whose characters were counted.
func (l *language) cost(counts map[rune]int) float64 {
	var sum float64
	for r, n := range counts {
		sum += l.bits(r) * float64(n)
	}
	return sum
}

func (l *language) bits(r rune) float64 {
	if isASCII(r) {
		return ascii
	}
	if bits, ok := l.common[r]; ok {
		return bits
	}
	if bits, ok := l.common[unicode.ToLower(r)]; ok {
		return bits
	}
	return l.rest + l.kind(r)
}

// kind is what an uncommon character costs.
func (l *language) kind(r rune) float64 {
	switch {
	case r == utf8.RuneError, unicode.Is(frames, r):
		return junk
	case unicode.In(r, l.scripts...):
		return rare
	case unicode.In(r, unicode.P, unicode.Z, unicode.N, unicode.M, unicode.Cf):
		return odd
	case unicode.IsSymbol(r):
		return symbol
	case unicode.IsLetter(r):
		return foreign
	}
	return junk
}

// frames are drawn by screens of old; koi8-r has them where koi8-u has letters.
var frames = &unicode.RangeTable{R16: []unicode.Range16{{Lo: 0x2500, Hi: 0x25FF, Stride: 1}}}

// isASCII leaves NUL out, which no text has.
func isASCII(r rune) bool { return 0 < r && r < utf8.RuneSelf }

// misfits are, for each language written with ASCII letters, the bits by which
// those of a text fit it worse than the language they fit best: Polish has a z
// where French has an s. They are the same in whatever charset.
func misfits(sample []byte) map[string]float64 {
	var counts [256]float64
	for _, b := range sample {
		counts[b|0x20]++
	}
	costs, least := make(map[string]float64), math.Inf(1)
	for code, l := range languages() {
		if _, ok := l.common['e']; !ok {
			continue
		}
		for b := 'a'; b <= 'z'; b++ {
			costs[code] += counts[b] * l.common[b]
		}
		least = min(least, costs[code])
	}
	for code := range costs {
		costs[code] -= least
	}
	return costs
}
