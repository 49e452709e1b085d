package seed

import (
	"bytes"
	"compress/gzip"
	"errors"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	utf "golang.org/x/text/encoding/unicode"
)

// news has invented texts by language, each at least a long one and a headline
// with two sentences.
var news = map[string][]string{
	"en": {"The ferry’s back\n\nIt’s been away for a year, and nobody knew why. “We’d stopped waiting,” said the harbour master – then it came round the headland on Monday.\n",
		"Café reopens\n\nThe café on the pier reopened on Friday. A naïve plan, the owner admits, but the crowd was there at dawn.\n"},
	"fr": {"Le phare s’éteint après un siècle\n\nLe gardien a quitté l’île dès l’aube, une valise à la main et le chat sous le bras. « Je n’y croyais plus », a-t-il déclaré à son arrivée ; les pêcheurs l’attendaient déjà près du môle, où l’on avait dressé une table.\n",
		"Trois chênes à sauver\n\nLes élèves se relaient près de l’ancienne usine. Le maire a promis de les écouter.\n"},
	"de": {"Störche kehren zurück\n\nNach vierzig Jahren brüten in Niederkranich wieder Störche. Der Bürgermeister zählte am Samstag zwölf Nester, „mehr als je zuvor“, wie er sagte; die größte Überraschung war das Paar auf dem Dach der Bäckerei.\n",
		"Fähre fährt wieder\n\nÜber den Fluss fährt wieder die alte Fähre. Die Bürger hatten dafür gesammelt.\n"},
	"es": {"El reloj vuelve a sonar\n\nUn relojero jubilado reparó la máquina con piezas que guardaba su abuelo. «Nadie lo creía», explicó la señora del quiosco, que cada mañana ponía en hora su radio según las campanas de la otra orilla.\n",
		"¿Quién plantó los almendros?\n\nEl parque amaneció con cien árboles más. El ayuntamiento no sabía nada.\n"},
	"is": {"Ferjan siglir á ný\n\nEftir langa bið siglir gamla ferjan aftur yfir fjörðinn. Það var löng bið, segir kennarinn, en nú þarf enginn að aka fyrir öll nesin til að sækja póstinn.\n",
		"Börnin byggðu brú\n\nBörnin í þorpinu byggðu brú yfir lækinn. Hún verður vígð á sunnudag.\n"},
	"tr": {"Kayıp kedi üç yıl sonra evine döndü\n\nBalıkçılar kediyi limandaki eski bir sandalda buldu. Sahibi, “Onu sesinden tanıdım” dedi; kedinin boynundaki zil hâlâ çalıyordu. Belediye, İzmir'deki bütün barınaklara bir kapı daha açılacağını duyurdu.\n",
		"Köprü açılıyor\n\nYıllardır beklenen köprü sonbaharda açılacak. Çocuklar ilk adımı attı.\n"},
	"pl": {"Zegar na wieży znów bije\n\nPo czterdziestu latach zegarmistrz naprawił zegar na ratuszu. „Nikt w to nie wierzył”, powiedziała nauczycielka, a dzieci przyszły posłuchać, jak wybija południe. Części znaleziono na strychu.\n",
		"Łoś w bibliotece\n\nŁoś zabłądził rano do wiejskiej biblioteki. Wyszedł sam, gdy otwarto drugie drzwi.\n"},
	"cs": {"Čáp se vrátil na komín\n\nPo dvaceti letech hnízdí na komíně bývalé pekárny opět čápi. „Nikdo tomu nevěřil,“ řekla učitelka, jejíž žáci ptáky počítají. Starosta slíbil, že se komín bourat nebude.\n",
		"Děti postavily most\n\nŽáci postavili most přes potok. Přes léto ho natřou na žluto.\n"},
	"hu": {"Újra jár a toronyóra\n\nNegyven év után ismét üt az óra a városháza tornyán. Az órásmester a nagyapja műhelyében találta meg a hiányzó kereket; a gyűjtéshez az egész utca hozzájárult, még a kertészek is.\n",
		"Gólya a kéményen\n\nGólya fészkelt az iskola kéményén. A gyerekek őrködnek, hogy senki se űzze el.\n"},
	"ru": {"Почтальон на велосипеде\n\nВера Соколова двадцать лет развозит письма в любую погоду. «Снег не помеха, помеха — собаки», — смеётся она. За зиму Вера проехала больше трёх тысяч километров, и ни одно письмо не потерялось.\n",
		"Мост открыт\n\nМост через Сухону открыли к осени. Ждали его двадцать лет.\n"},
	"uk": {"Їжак оселився в бібліотеці\n\nУ сільській бібліотеці знайшли їжака, який зимував між газетами. Єдиний читач, що його помітив, нікому не сказав ані слова; тепер за їжаком доглядають школярі, а ґанок для нього утеплили.\n",
		"Ріка повернулася\n\nПісля повені ріка повернулася у давнє русло. Міст тепер стоїть посеред луки.\n"},
	"el": {"Το ρολόι του πύργου χτυπά ξανά\n\nΎστερα από σαράντα χρόνια ακούστηκε πάλι το ρολόι της πλατείας. «Κανείς δεν το πίστευε», είπε η δασκάλα του χωριού. Οι κάτοικοι μάζεψαν τα χρήματα πουλώντας μέλι και λάδι.\n",
		"Χιόνισε τον Μάιο\n\nΧιόνισε στα ορεινά μέσα στον Μάιο. Τα παιδιά έβγαλαν πάλι τα έλκηθρα.\n"},
	"he": {"החסידה חזרה לארובה\n\nאחרי עשרים שנה חזרה חסידה לקנן על ארובת המאפייה הישנה. \"איש לא האמין שזה יקרה\", אמרה המורה לספרות, שתלמידיה סופרים את הגוזלים מדי בוקר. העירייה ביטלה את הריסת המבנה.\n",
		"שלג בגליל\n\nשלג ירד בגליל באמצע אפריל. הילדים הוציאו שוב את המגלשות.\n"},
	"ar": {"ساعي البريد على دراجته\n\nيوزع سالم الرسائل منذ عشرين عاما في القرى الجبلية. «المطر لا يزعجني، بل الكلاب»، قال ضاحكا. وقطع هذا الشتاء أكثر من ثلاثة آلاف كيلومتر، ولم تضع منه رسالة واحدة.\n",
		"افتتاح الجسر\n\nافتتح الجسر القديم بعد ترميم دام سنتين. وعبره الأطفال أولا.\n"},
	"fa": {"لک\u200cلک به مناره برگشت\n\nپس از بيست سال لک\u200cلک\u200cها دوباره بر مناره مسجد لانه کردند. آموزگار دبستان گفت: «هيچ\u200cکس باور نمي\u200cکرد.» بچه\u200cها هر روز جوجه\u200cها را مي\u200cشمارند و در دفتري مي\u200cنويسند.\n",
		"پل چوبي باز شد\n\nپل چوبي روستا پس از سيل دوباره باز شد. گله\u200cها از آن گذشتند.\n"},
	"th": {"นาฬิกาบนหอคอยตีบอกเวลาอีกครั้ง\n\nหลังจากเงียบไปสี่สิบปี นาฬิกาของศาลากลางกลับมาเดินอีกครั้ง ช่างซ่อมพบชิ้นส่วนที่หายไปในบ้านของปู่ ชาวบ้านช่วยกันออกเงินคนละเล็กละน้อย\n",
		"สะพานเปิดแล้ว\n\nสะพานไม้ข้ามลำธารเปิดใช้อีกครั้งหลังน้ำท่วม เด็กนักเรียนเดินข้ามเป็นกลุ่มแรก\n"},
	"hi": {"घंटाघर की घड़ी फिर चली\n\nचालीस साल बाद शहर की घड़ी ने फिर समय बताया। कारीगर को खोया हुआ पहिया अपने दादा की दुकान में मिला।\n"},
	"zh-Hans": {"钟楼的大钟又响了\n\n停了四十年之后，市政厅的大钟昨天中午重新敲响。修表师傅在爷爷的老店里找到了缺少的齿轮，街坊们为修钟捐了钱。“谁也没想到会有这一天。”学校的老师说。\n",
		"木桥通车\n\n洪水过后，村里的木桥昨天重新开放。孩子们第一批走过去，老人在桥头放了鞭炮。\n"},
	"zh-Hant": {"鐘樓的大鐘又響了\n\n停了四十年之後，市政廳的大鐘昨天中午重新敲響。修錶師傅在爺爺的老店裡找到了缺少的齒輪，街坊們為修鐘捐了錢。「誰也沒想到會有這一天。」學校的老師說。\n",
		"木橋通車\n\n洪水過後，村裡的木橋昨天重新開放。孩子們第一批走過去，老人在橋頭放了鞭炮。\n"},
	"ja": {"時計台の鐘がふたたび鳴る\n\n四十年ぶりに市役所の鐘が鳴った。職人は祖父の店で足りない歯車を見つけ、町の人々が修理の費用を出し合った。「誰も信じていませんでした」と小学校の先生は話す。\n",
		"木の橋が開通\n\n水害で流された木の橋がきのう開通し、子どもたちが最初に渡った。チケットは要らない。\n"},
	"ko": {"시계탑 종이 다시 울린다\n\n마흔 해 동안 멈춰 있던 시청의 종이 어제 낮에 다시 울렸다. 장인은 할아버지의 가게에서 모자란 톱니바퀴를 찾았고, 주민들이 수리비를 모았다. “아무도 믿지 않았어요”라고 교사는 말했다.\n",
		"나무다리 개통\n\n물난리로 끊긴 마을의 나무다리가 어제 다시 열렸다. 아이들이 가장 먼저 건넜다.\n"},
}

var (
	utf16LE = utf.UTF16(utf.LittleEndian, utf.IgnoreBOM)
	utf16BE = utf.UTF16(utf.BigEndian, utf.IgnoreBOM)
)

func TestGuess(t *testing.T) {
	for _, test := range []struct {
		charset   string
		encoding  encoding.Encoding
		languages string
	}{
		{"windows-1252", charmap.Windows1252, "en fr de es is"},
		{"windows-1254", charmap.Windows1254, "tr"},
		{"windows-1250", charmap.Windows1250, "pl cs hu"},
		{"windows-1251", charmap.Windows1251, "ru uk"},
		{"koi8-r", charmap.KOI8R, "ru"},
		{"koi8-u", charmap.KOI8U, "uk"},
		{"windows-1253", charmap.Windows1253, "el"},
		{"windows-1255", charmap.Windows1255, "he"},
		{"windows-1256", charmap.Windows1256, "ar fa"},
		{"windows-874", charmap.Windows874, "th"},
		{"gb18030", simplifiedchinese.GB18030, "zh-Hans zh-Hant"},
		{"big5", traditionalchinese.Big5, "zh-Hant"},
		{"shift_jis", japanese.ShiftJIS, "ja"},
		{"euc-jp", japanese.EUCJP, "ja"},
		{"euc-kr", korean.EUCKR, "ko"},
		{"utf-16le", utf16LE, "en fr tr pl ru el he ar fa th hi zh-Hans zh-Hant ja ko"},
		{"utf-16be", utf16BE, "en fr tr pl ru el he ar fa th hi zh-Hans zh-Hant ja ko"},
	} {
		for language := range strings.FieldsSeq(test.languages) {
			t.Run(language+" in "+test.charset, func(t *testing.T) {
				for _, text := range news[language] {
					if strings.HasPrefix(test.charset, "koi8") {
						text = plainer.Replace(text)
					}
					checkGuess(t, encode(t, test.encoding, text), text, test.charset)
					long := strings.Repeat(text, 64<<10/len(text))
					checkGuess(t, encode(t, test.encoding, long), long, test.charset)
				}
			})
		}
	}
}

// plainer writes as koi8-r must, which has no such dashes and quotes.
var plainer = strings.NewReplacer("«", "\"", "»", "\"", "—", "-")

func checkGuess(t *testing.T, raw, text, charset string) {
	t.Helper()
	doc, err := decode([]byte(raw))
	want := Document{Text: text, Encoding: charset, Warning: "not UTF-8: read as " + charset}
	if err != nil || !reflect.DeepEqual(doc, want) {
		t.Errorf("decode(%.60q) = %s, %.300q, %v\nwant %s, %.300q", raw, doc.Encoding, doc.Text, err, charset, text)
	}
}

func TestGuessTellsApart(t *testing.T) {
	shout := strings.ToUpper(plainer.Replace(news["ru"][0]))
	for _, test := range []struct {
		name     string
		encoding encoding.Encoding
		text     string
		charset  string
	}{
		{"koi8-r from windows-1251 with the case turned round", charmap.KOI8R, "Рыбаки спасли лосёнка из ледяной воды", "koi8-r"},
		{"windows-1251 from koi8-r with the case turned round", charmap.Windows1251, "Рыбаки спасли лосёнка из ледяной воды", "windows-1251"},
		{"koi8-r all in capitals", charmap.KOI8R, shout, "koi8-r"},
		{"windows-1251 all in capitals", charmap.Windows1251, shout, "windows-1251"},
		{"koi8-u from koi8-r, which has frames for its letters", charmap.KOI8U, "Їжак оселився в сільській бібліотеці", "koi8-u"},
		{"Cyrillic with brands in ASCII", charmap.KOI8R, "Компания Apple показала iPhone 15 с USB-C, а Google - Android 15.", "koi8-r"},
		{"Serbian from Russian", charmap.Windows1251, "Рибари спасили младог делфина, а деца градила мост преко њиве", "windows-1251"},
		{"Bulgarian from Hebrew", charmap.Windows1251, "Часовникът на площада тръгна след години", "windows-1251"},
		{"Hebrew from Cyrillic", charmap.Windows1255, "דייגים הצילו דולפין צעיר ליד הנמל", "windows-1255"},
		{"Hebrew with its points", charmap.Windows1255, "בְּרֵאשִׁית בָּרָא אֱלֹהִים אֵת הַשָּׁמַיִם", "windows-1255"},
		{"Arabic with its vowels", charmap.Windows1256, "إِنَّا أَنْزَلْنَاهُ فِي لَيْلَةِ الْقَدْرِ", "windows-1256"},
		{"Urdu from Persian", charmap.Windows1256, "بارش کے باوجود لوگ آخري گيت تک بيٹھے رہے", "windows-1256"},

		{"a Turkish headline from an Icelandic one", charmap.Windows1254, "Kayıp kedi üç yıl sonra evine döndü", "windows-1254"},
		{"an Icelandic headline from a Turkish one", charmap.Windows1252, "Þetta var löng bið, segir kennarinn", "windows-1252"},
		{"iso-8859-9, which windows-1254 can read", charmap.ISO8859_9, "Dağ köyüne ilk kez otobüs geldi; çocuklar şaşkın", "windows-1254"},
		{"Turkish in capitals", charmap.Windows1254, "ŞEHRİN SAATİ KIRK YIL SONRA ÇALIŞTI", "windows-1254"},
		{"a French headline from a Czech one", charmap.Windows1252, "La boulangère fête ses cent ans près du chêne", "windows-1252"},
		{"a Spanish headline from a Czech one", charmap.Windows1252, "Una niña halla un fósil en la montaña", "windows-1252"},
		{"a Portuguese headline from a Romanian one", charmap.Windows1252, "A população não esqueceu a lição do sábio", "windows-1252"},
		{"an Italian headline from a Slovene one", charmap.Windows1252, "La città è più bella, perciò tornerà", "windows-1252"},
		{"a Danish headline from a Czech one", charmap.Windows1252, "Børnene byggede en bro over åen", "windows-1252"},
		{"a Dutch word with two accents in a row", charmap.Windows1252, "Vóór de brug stond niemand", "windows-1252"},
		{"a Finnish headline", charmap.Windows1252, "Lautta kulkee jälleen yli salmen, sanoi pääministeri", "windows-1252"},
		{"Estonian, for which there is no row", charmap.Windows1252, "Praam sõidab jälle üle väina, ütles õpetaja", "windows-1252"},
		{"a Polish headline from a Spanish one", charmap.Windows1250, "Piekarnia świętuje stulecie, rybacy uratowali fokę", "windows-1250"},
		{"a Czech headline from an Italian one", charmap.Windows1250, "Děti postavily most přes potok u vsi", "windows-1250"},
		{"a Croatian headline from a French one", charmap.Windows1250, "Kiša nije otjerala gledatelje, poštar raznosi pisma još i sad", "windows-1250"},
		{"a Romanian headline from a Portuguese one", charmap.Windows1250, "Brutăria împlineşte o sută de ani şi înfloreşte", "windows-1250"},
		{"iso-8859-2 in Polish from windows-1250", charmap.ISO8859_2, "Piekarnia świętuje stulecie, gość ją zwiedził", "iso-8859-2"},
		{"iso-8859-2 in Slovak from windows-1250", charmap.ISO8859_2, "Žiaci chcú šetriť vodu a tešiť sa z dažďa", "iso-8859-2"},

		{"euc-jp with more kanji than kana", japanese.EUCJP, "市長、工事完了時期を発表 駅前広場は秋まで閉鎖", "euc-jp"},
		{"euc-jp of katakana", japanese.EUCJP, "パン屋のチケットとコーヒーのセット", "euc-jp"},
		{"shift_jis with brands in ASCII", japanese.ShiftJIS, "新しい iPhone 15 の USB-C 端子を Apple が発表した", "shift_jis"},
		{"euc-kr with brands in ASCII", korean.EUCKR, "LG와 SK가 새 AI 모델 GPT-5를 API로 도입한다고 밝혔다", "euc-kr"},
		{"gb18030 with characters of four bytes", simplifiedchinese.GB18030, "老街的居民把三百个灯笼挂了起来。\u3400他们说，这是十年来第一次。", "gb18030"},
		{"traditional characters in gb18030", simplifiedchinese.GB18030, "大雨沒有趕走觀眾，大家一直聽到最後一首歌。", "gb18030"},
		{"a Greek headline from a Cyrillic one", charmap.Windows1253, "Ψαράδες έσωσαν ένα μικρό δελφίνι", "windows-1253"},
		{"a Thai headline from two-byte charsets", charmap.Windows874, "ชาวประมงช่วยโลมาน้อยกลับทะเล", "windows-874"},

		{"curly quotes alone", charmap.Windows1252, "“It’s raining,” he said – again…", "windows-1252"},
		{"a pound sign alone", charmap.Windows1252, "Tickets cost £5 and sold out", "windows-1252"},
		{"a long English head with curly quotes", charmap.Windows1251, strings.Repeat("It’s raining, and nobody’s there. ", 300) + news["ru"][0], "windows-1251"},
		{"UTF-16 of ASCII alone", utf16LE, "Rain\r\n", "utf-16le"},
		{"UTF-16 with the bytes the other way round", utf16BE, "Rain\r\n", "utf-16be"},
	} {
		t.Run(test.name, func(t *testing.T) {
			checkGuess(t, encode(t, test.encoding, test.text), test.text, test.charset)
		})
	}
}

func TestDamageIsRepaired(t *testing.T) {
	for _, language := range []string{"ru", "uk", "el", "he", "ar", "fa", "th", "hi", "zh-Hans", "zh-Hant", "ja", "ko", "pl", "tr"} {
		text := strings.Repeat(news[language][0], 4)
		for _, test := range []struct {
			name  string
			every int // characters beyond ASCII to one that is damaged
			harm  func(char string) string
		}{
			{"cut short now and then", 40, func(char string) string { return char[:len(char)-1] }},
			{"cut short often", 15, func(char string) string { return char[:len(char)-1] }},
			{"without a head", 20, func(char string) string { return char[1:] }},
			{"in another encoding", 20, func(string) string { return "\xe9" }},
			{"overwritten", 30, func(string) string { return "\xff\xfe" }},
		} {
			t.Run(language+" "+test.name, func(t *testing.T) {
				var raw, want strings.Builder
				count := 0
				for _, r := range text {
					if r > 0x7F {
						count++
					}
					if r > 0x7F && count%test.every == 0 {
						raw.WriteString(test.harm(string(r)))
						want.WriteString("\uFFFD")
					} else {
						raw.WriteRune(r)
						want.WriteRune(r)
					}
				}
				doc, err := decode([]byte(raw.String()))
				if err != nil || doc.Encoding != "utf-8" || doc.Text != want.String() {
					t.Errorf("decode(%.60q) = %s, %.300q, %v\nwant %.300q", raw.String(), doc.Encoding, doc.Text, err, want.String())
				}
			})
		}
	}
}

func TestDamageIsNoOtherEncoding(t *testing.T) {
	for _, test := range []struct{ name, raw, text string }{
		{"a quote cut short", "It’s raining in the old harbour\xe2\x80 and nobody’s there", "It’s raining in the old harbour\uFFFD and nobody’s there"},
		{"a guillemet without a head", "Il a dit «\u00a0non\u00a0\xbb, puis «\u00a0oui\u00a0»", "Il a dit «\u00a0non\u00a0\uFFFD, puis «\u00a0oui\u00a0»"},
		{"an umlaut cut short", "Der Bürgermeister zählte die größten Störche\xc3", "Der Bürgermeister zählte die größten Störche\uFFFD"},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc, err := decode([]byte(test.raw))
			if err != nil || doc.Encoding != "utf-8" || doc.Text != test.text {
				t.Errorf("decode(%q) = %s, %q, %v, want %q", test.raw, doc.Encoding, doc.Text, err, test.text)
			}
		})
	}
}

func TestGuessRefusesBinaries(t *testing.T) {
	noise := make([]byte, 64<<10)
	rand.NewChaCha8([32]byte{}).Read(noise)
	withoutNUL := bytes.ReplaceAll(noise, []byte{0}, []byte("x"))
	high := make([]byte, len(noise))
	for i, b := range noise {
		high[i] = b | 0x80
	}
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	w.Write([]byte(news["ru"][0]))
	w.Close()
	for _, test := range []struct {
		name string
		raw  []byte
	}{
		{"bytes at random", noise},
		{"a few bytes at random", noise[:48]},
		{"random bytes but NUL", withoutNUL},
		{"a few random bytes but NUL", withoutNUL[:64]},
		{"random bytes beyond ASCII", high},
		{"a few random bytes beyond ASCII", high[:64]},
		{"a gzip", zipped.Bytes()},
		{"a PNG", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x90\x00\x00\x01\x2c\x08\x06\x00\x00\x00\x80\xbf\x36\xcc")},
		{"a JPEG", []byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x01\x00\x48\x00\x48\x00\x00\xff\xdb\x00\x43\x00\x08\x06\x06\x07")},
		{"an ELF file", []byte("\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00\x3e\x00\x01\x00\x00\x00\x40\x10\x00\x00")},
		{"a table of small numbers", bytes.Repeat([]byte("\x03\x00\x07\x00\x01\x00\x0c\x00\x41\x00"), 20)},
		{"a table of numbers", bytes.Repeat([]byte("\x34\x12\x00\x9a\xbc\x01\xf0\xde"), 20)},
		{"UTF-16 with a NUL in it", []byte(encode(t, utf16LE, "The ferry\x00 is back after a year"))},
		{"a text with one NUL", []byte(news["ru"][0] + "\x00")},
		{"a text whose end a crash turned to NUL", append([]byte(news["en"][0]), make([]byte, 512)...)},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc, err := decode(test.raw)
			if !errors.Is(err, errBinary) && !errors.Is(err, errUnknown) {
				t.Errorf("decode(%.60q) = %s, %.100q, %v, want a refusal", test.raw, doc.Encoding, doc.Text, err)
			}
		})
	}
}

func BenchmarkGuess(b *testing.B) {
	raw := []byte(strings.Repeat(encode(b, simplifiedchinese.GB18030, news["zh-Hans"][0]), 400))[:64<<10]
	for b.Loop() {
		guess(raw, charsets)
	}
}
