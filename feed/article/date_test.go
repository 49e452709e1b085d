package article

import (
	"strings"
	"testing"
	"time"
)

// dateLanguage is a language as a test writes it down: words between spaces,
// "_" for a space within one, months in order with "/" between their names.
type dateLanguage struct {
	gregorian, solar, lunar                  string
	weekdays, am, pm, hours, fillers, beside string
	gregorianMarks, solarMarks, lunarMarks   string
	eras                                     map[string]int
}

func (l dateLanguage) words() *dateWords {
	w := &dateWords{
		Months: map[string][]month{}, Eras: l.eras,
		Weekdays: wordSet(l.weekdays), AM: wordSet(l.am), PM: wordSet(l.pm), Hours: wordSet(l.hours),
		Fillers: wordSet(l.fillers), Meanwhile: wordSet(l.beside),
		GregorianMarks: wordSet(l.gregorianMarks), SolarMarks: wordSet(l.solarMarks), LunarMarks: wordSet(l.lunarMarks),
	}
	for c, names := range map[calendar]string{gregorian: l.gregorian, solar: l.solar, lunar: l.lunar} {
		for i, names := range strings.Fields(names) {
			for _, name := range strings.Split(names, "/") {
				key := fold(strings.ReplaceAll(name, "_", " "))
				w.Months[key] = append(w.Months[key], month{c, i + 1})
			}
		}
	}
	return w
}

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(list) {
		set[fold(strings.ReplaceAll(word, "_", " "))] = true
	}
	return set
}

const lunarMonths = "محرم صفر ربیع_الاول ربیع_الثانی/ربیع_الآخر جمادی_الاول/جمادی_الاولی جمادی_الثانی/جمادى_الآخرة رجب شعبان رمضان شوال ذو_القعدة ذو_الحجة/ذی_الحجه"

// dateLanguages returns the words anew for each test, so that none can spoil
// another's.
func dateLanguages() map[string]*dateWords {
	w := map[string]*dateWords{}
	for name, l := range map[string]dateLanguage{
		"fa": {
			gregorian: "ژانویه فوریه مارس آوریل مه/می ژوئن ژوئیه/جولای اوت سپتامبر اکتبر نوامبر دسامبر",
			solar:     "فروردین/حمل اردیبهشت/ثور خرداد/جوزا تیر/سرطان مرداد/اسد شهریور/سنبله مهر/میزان آبان/عقرب آذر/قوس دی/جدی بهمن/دلو اسفند/حوت",
			lunar:     lunarMonths,
			weekdays:  "شنبه یکشنبه یک_شنبه دوشنبه سه_شنبه سه_شنبه سهشنبه چهارشنبه پنجشنبه پنج_شنبه جمعه",
			am:        "ق.ظ صبح", pm: "ب.ظ عصر بعد_از_ظهر", fillers: "ساعت ماه سال روز مورخ و",
			beside: "برابر_با مصادف_با", gregorianMarks: "م میلادی", solarMarks: "ش ه.ش ه_ش شمسی خورشیدی", lunarMarks: "ق ه.ق قمری",
		},
		"ar": {
			gregorian: "يناير/كانون_الثاني فبراير/شباط/فيفري مارس/آذار أبريل/نيسان مايو/أيار يونيو/حزيران يوليو/تموز/جويلية أغسطس/آب/غشت سبتمبر/أيلول/شتنبر أكتوبر/تشرين_الأول نوفمبر/تشرين_الثاني ديسمبر/كانون_الأول",
			lunar:     lunarMonths,
			weekdays:  "الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت",
			am:        "ص صباحا", pm: "م مساء", fillers: "في من عام سنة الساعة يوم شهر",
			beside: "الموافق", gregorianMarks: "م ميلادي", lunarMarks: "ه هجري ه.",
		},
		"he": {
			gregorian: "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
			weekdays:  "יום_רביעי יום_ד'", fillers: "בשעה ב ה",
		},
		"en": {
			gregorian: "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sep/sept october/oct november/nov december/dec",
			weekdays:  "monday mon tuesday tue wednesday wed thursday thu friday fri saturday sat sunday sun",
			am:        "am a.m. a.m", pm: "pm p.m. p.m", fillers: "of at on the st nd rd th",
		},
		"de": {
			gregorian: "januar/jan jänner/februar/feb märz april mai juni juli august september/sept oktober november dezember",
			weekdays:  "montag dienstag mittwoch mi donnerstag freitag", hours: "uhr", fillers: "um am den der uhr",
		},
		"ja": {
			weekdays: "月曜日 火曜日 水曜日 土曜日 日曜日 月 水 土 日", am: "午前", pm: "午後",
			eras: map[string]int{"令和": 2018, "平成": 1988, "昭和": 1925},
		},
		"zh": {
			weekdays: "星期三 周三", am: "上午", pm: "下午", eras: map[string]int{"民國": 1911, "中華民國": 1911},
		},
		"ko": {weekdays: "수요일 수", am: "오전", pm: "오후"},
		"th": {
			gregorian: "มกราคม/ม.ค. กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน/ก.ย.", weekdays: "วันพุธที่",
			fillers: "เวลา น.", eras: map[string]int{"พ.ศ.": -543},
		},
		"fr": {gregorian: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre", weekdays: "mardi", fillers: "le à er"},
		"es": {gregorian: "enero febrero marzo/mar abril mayo junio/jun julio agosto septiembre", weekdays: "miércoles mar", fillers: "de del a las", hours: "h hs"},
		"ca": {gregorian: "gener febrer març abril maig juny juliol agost", fillers: "de d' a les"},
		"ru": {gregorian: "января февраля марта апреля мая июня июля августа сентября", weekdays: "среда", fillers: "в го", gregorianMarks: "г года"},
		"tr": {gregorian: "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül", weekdays: "salı"},
		"hi": {gregorian: "जनवरी फ़रवरी"},
		"vi": {gregorian: "tháng_1 tháng_2 tháng_3", weekdays: "thứ_sáu", fillers: "ngày năm lúc"},
		"id": {gregorian: "januari februari maret april mei juni juli", weekdays: "selasa", fillers: "pukul"},
		"hu": {gregorian: "január február március április május június július augusztus szeptember", weekdays: "szerda"},
		"ps": {solar: "وری غویی غبرګولی چنګاښ زمری وږی", weekdays: "چهارشنبه"},
	} {
		w[name] = l.words()
	}
	return w
}

// written is a date in the form the feed's own notes use.
func written(d Stated) string {
	switch {
	case d.IsZero():
		return ""
	case d.Zoned:
		return d.Time.Format(time.RFC3339)
	case d.Clock && d.Time.Second() > 0:
		return d.Time.Format("2006-01-02T15:04:05")
	case d.Clock:
		return d.Time.Format("2006-01-02T15:04")
	}
	return d.Time.Format(time.DateOnly)
}

// dateCases are lines with a date; takes is empty where the date is the line.
var dateCases = []struct{ lang, line, want, takes string }{
	{lang: "en", line: "7 September 2022, 14:05 BST", want: "2022-09-07T14:05:00+01:00"},
	{lang: "en", line: "Published 7 September 2022, 14:05 BST", want: "2022-09-07T14:05:00+01:00", takes: "7 september 2022, 14:05 bst"},
	{lang: "en", line: "September 7, 2022 at 2:05 p.m.", want: "2022-09-07T14:05"},
	{lang: "en", line: "September 7, 2022 2 PM", want: "2022-09-07T14:00"},
	{lang: "en", line: "Sept. 7, 2022", want: "2022-09-07"},
	{lang: "en", line: "Wed., Sept. 7th, 2022 | 12:05 am GMT", want: "2022-09-07T00:05:00Z"},
	{lang: "en", line: "12:30 pm on Wednesday, 7th of September 2022", want: "2022-09-07T12:30"},
	{lang: "en", line: "7-Sep-2022", want: "2022-09-07"},
	{lang: "en", line: "1st of May, 2021", want: "2021-05-01"},
	{lang: "en", line: "03/22/2024", want: "2024-03-22"},
	{lang: "en", line: "03/02/2024", want: "2024-02-03"},
	{lang: "en", line: "2021-12-13 08:51", want: "2021-12-13T08:51"},
	{lang: "en", line: "2021-12-13 08:51:07", want: "2021-12-13T08:51:07"},
	{lang: "en", line: "2022-09-07T14:05:00Z", want: "2022-09-07T14:05:00Z"},
	{lang: "en", line: "2022-09-07T14:05:09.123+02:00", want: "2022-09-07T14:05:09+02:00"},
	{lang: "en", line: "2022-09-07 14:05:09.1234567890", want: "2022-09-07T14:05:09", takes: "2022-09-07 14:05:09"},
	{lang: "en", line: "2022-09-07T14:05:00-05:00", want: "2022-09-07T14:05:00-05:00"},
	{lang: "en", line: "2022-09-07T14:05-05:00", want: "2022-09-07T14:05:00-05:00"},
	{lang: "en", line: "2022-09-07 14:05 -0500", want: "2022-09-07T14:05:00-05:00"},
	{lang: "en", line: "2022-09-07 14:05 (UTC+3)", want: "2022-09-07T14:05:00+03:00"},
	{lang: "en", line: "2022-09-07 14:05 +0330", want: "2022-09-07T14:05:00+03:30"},
	{lang: "en", line: "Wed, 07 Sep 2022 14:05:00 +0000", want: "2022-09-07T14:05:00Z"},
	{lang: "en", line: "7 September 2022 2:05 pm ET", want: "2022-09-07T14:05"},
	{lang: "en", line: "7 September 2022 2:05 pm ET by John", want: "2022-09-07T14:05", takes: "7 september 2022 2:05 pm"},
	{lang: "en", line: "7 September 2022 08:00-10:00", want: "2022-09-07T08:00", takes: "7 september 2022 08:00"},
	{lang: "en", line: "7 September 2022 in Berlin", want: "2022-09-07", takes: "7 september 2022"},
	{lang: "en", line: "Fair opens (7 September 2022)", want: "2022-09-07", takes: "7 september 2022"},
	{lang: "en", line: "Copyright 2019. Posted 1/2/2022.", want: "2022-02-01", takes: "1/2/2022"},
	{lang: "en", line: "Published 7 September 2022 | Updated 8 September 2022", want: "2022-09-07", takes: "7 september 2022"},
	{lang: "en", line: "7 September 2022 - 8 September 2022", want: "2022-09-07", takes: "7 september 2022"},
	{lang: "en", line: "7 September 2022 - news 4", want: "2022-09-07", takes: "7 september 2022"},

	{lang: "de", line: "07.11.2023, 14:05 Uhr", want: "2023-11-07T14:05"},
	{lang: "de", line: "7. September 2022", want: "2022-09-07"},
	{lang: "de", line: "Mittwoch, den 7. September 2022 um 14.05 Uhr", want: "2022-09-07T14:05"},
	{lang: "de", line: "am 7. September 2022 um 14 Uhr", want: "2022-09-07T14:00"},
	{lang: "de", line: "Mi, 7. 9. 2022", want: "2022-09-07"},
	{lang: "de", line: "Stand: 07.11.2023", want: "2023-11-07", takes: "07.11.2023"},

	{lang: "fa", line: "۲۲ خرداد ۱۴۰۲ - ۰۹:۴۵", want: "2023-06-12T09:45"},
	{lang: "fa", line: "سه\u200cشنبه ۱۸ آبان ۱۴۰۰ ساعت ۱۷:۰۵", want: "2021-11-09T17:05"},
	{lang: "fa", line: "سه شنبه 18 آبان ماه سال 1400 ساعت 5:05 ب.ظ", want: "2021-11-09T17:05"},
	{lang: "fa", line: "دوشنبه ۸ اسفند ۱۴۰۱ - ۰۸:۲۰", want: "2023-02-27T08:20"},
	{lang: "fa", line: "1399/11/05", want: "2021-01-24"},
	{lang: "fa", line: "1401-06-16", want: "2022-09-07"},
	{lang: "fa", line: "۱۴۰۱/۰۶/۱۶-۰۸:۲۰", want: "2022-09-07T08:20"},
	{lang: "fa", line: "16/06/1401", want: "2022-09-07"},
	{lang: "fa", line: "۱۴۰۲ خرداد ۲۲", want: "2023-06-12"},
	{lang: "fa", line: "۹:۴۵ ۲۲ خرداد ۱۴۰۲", want: "2023-06-12T09:45"},
	{lang: "fa", line: "تاریخ انتشار: ۲۲ خرداد ۱۴۰۲ - ۰۹:۴۵ | کد خبر: ۸۸۱۲۰۴", want: "2023-06-12T09:45", takes: "22 خرداد 1402 - 09:45"},
	{lang: "fa", line: "۱۶ سنبله ۱۴۰۱ ه.ش", want: "2022-09-07"},
	{lang: "fa", line: "۷ سپتامبر ۲۰۲۲ میلادی", want: "2022-09-07"},
	{lang: "fa", line: "2022/09/07", want: "2022-09-07"},
	{lang: "fa", line: "۱۰ رمضان ۱۴۴۵", want: "2024-03-20"},
	{lang: "fa", line: "1445/09/10 ه.ق", want: "2024-03-20"},
	{lang: "fa", line: "۱۶ شهریور ۱۴۰۱ برابر با ۱۰ صفر ۱۴۴۴ و ۷ سپتامبر ۲۰۲۲", want: "2022-09-07"},
	{lang: "fa", line: "۳۰ اسفند ۱۳۹۹", want: "2021-03-20"},

	{lang: "ps", line: "چهارشنبه ۱۶ وږی ۱۴۰۱", want: "2022-09-07"},
	{lang: "ps", line: "۱۴۰۱/۶/۱۶", want: "2022-09-07"},

	{lang: "ar", line: "الأربعاء ٧ سبتمبر ٢٠٢٢ - ١٨:٣٠", want: "2022-09-07T18:30"},
	{lang: "ar", line: "7 أيلول 2022", want: "2022-09-07"},
	{lang: "ar", line: "7 شتنبر 2022", want: "2022-09-07"},
	{lang: "ar", line: "7 كانون الثاني 2022، الساعة 5:30 م", want: "2022-01-07T17:30"},
	{lang: "ar", line: "٢٢ جمادى الآخرة ١٤٤٤ هـ", want: "2023-01-15"},
	{lang: "ar", line: "1445/09/10", want: "2024-03-20"},
	{lang: "ar", line: "1 رمضان 1445", want: "2024-03-11"},
	{lang: "ar", line: "الأربعاء ١٠ رمضان ١٤٤٥هـ الموافق ٢٠ مارس ٢٠٢٤م", want: "2024-03-20"},
	{lang: "ar", line: "الأربعاء ١٠ رمضان ١٤٤٥هـ/٢٠ مارس ٢٠٢٤م", want: "2024-03-20"},
	{lang: "ar", line: "القاهرة ٢٥ شوال ١٤٣٦ هـ الموافق ١٠ أغسطس ٢٠١٥ م", want: "2015-08-10", takes: "25 شوال 1436 ه الموافق 10 اغسطس 2015 م"},
	{lang: "ar", line: "7 سبتمبر 2022 - 11 صفر 1444", want: "2022-09-07"},
	{lang: "ar", line: "7 سبتمبر 2022 - 1 رجب 1446", want: "2022-09-07", takes: "7 سبتمبر 2022"},
	{lang: "ar", line: "11 صفر 1444 الموافق الأربعاء 7 سبتمبر 2022", want: "2022-09-07"},
	{lang: "ar", line: "في 7 سبتمبر 2022", want: "2022-09-07"},

	{lang: "he", line: "21.02.2023 | 06:15", want: "2023-02-21T06:15"},
	{lang: "he", line: "7 בספטמבר 2022", want: "2022-09-07"},
	{lang: "he", line: "ב-7 בספטמבר 2022", want: "2022-09-07"},
	{lang: "he", line: "יום ד׳, 7 ספטמבר 2022 בשעה 14:05", want: "2022-09-07T14:05"},

	{lang: "ja", line: "2023年11月4日 10時30分", want: "2023-11-04T10:30"},
	{lang: "ja", line: "2023年11月4日（土）午後3時4分", want: "2023-11-04T15:04"},
	{lang: "ja", line: "2023年11月4日 午後0時", want: "2023-11-04T12:00"},
	{lang: "ja", line: "令和5年11月4日", want: "2023-11-04"},
	{lang: "ja", line: "令和元年11月4日", want: "2019-11-04"},
	{lang: "ja", line: "昭和64年1月7日", want: "1989-01-07"},
	{lang: "ja", line: "公開日2023年11月4日土曜日", want: "2023-11-04", takes: "2023年11月4日土曜日"},
	{lang: "ja", line: "2023/11/04 10:30 JST", want: "2023-11-04T10:30:00+09:00"},
	{lang: "ja", line: "２０２３．１１．０４", want: "2023-11-04"},

	{lang: "zh", line: "2022年9月7日 14:05", want: "2022-09-07T14:05"},
	{lang: "zh", line: "2022年9月7日　14:05　来源：青溪晚报", want: "2022-09-07T14:05", takes: "2022年9月7日 14:05"},
	{lang: "zh", line: "2022年09月07日 星期三 下午2点05分", want: "2022-09-07T14:05"},
	{lang: "zh", line: "中華民國112年9月7日", want: "2023-09-07"},
	{lang: "ko", line: "입력 2021-12-13 08:51", want: "2021-12-13T08:51", takes: "2021-12-13 08:51"},
	{lang: "ko", line: "2022년 9월 7일 (수) 오후 2시 5분", want: "2022-09-07T14:05"},
	{lang: "ko", line: "2022. 9. 7. 14:05", want: "2022-09-07T14:05"},

	{lang: "th", line: "วันพุธที่ 7 กันยายน 2565 เวลา 14:05 น.", want: "2022-09-07T14:05"},
	{lang: "th", line: "7 ก.ย. 2565", want: "2022-09-07"},
	{lang: "th", line: "7 กันยายน พ.ศ. 2565", want: "2022-09-07"},
	{lang: "th", line: "07/09/2565", want: "2022-09-07"},
	{lang: "th", line: "7 กันยายน 2022", want: "2022-09-07"},

	{lang: "fr", line: "Publié le 3 novembre 2020", want: "2020-11-03", takes: "le 3 novembre 2020"},
	{lang: "fr", line: "mardi 1er août 2023 à 9 h 30", want: "2023-08-01T09:30"},
	{lang: "fr", line: "à 9 h 12 mai 2022", want: "2022-05-12T09:00"},
	{lang: "es", line: "14 de junio de 2023, 12:10 h", want: "2023-06-14T12:10"},
	{lang: "es", line: "mar 7 jun 2022", want: "2022-06-07"},
	{lang: "ca", line: "3 d'agost de 2022", want: "2022-08-03"},
	{lang: "pt", line: "30/10/2019 09h00", want: "2019-10-30T09:00"},
	{lang: "ru", line: "Среда, 7-го сентября 2022 г. в 14:05 МСК", want: "2022-09-07T14:05", takes: "среда, 7-го сентября 2022 г. в 14:05"},
	{lang: "ru", line: "05.02.2018, 11:15", want: "2018-02-05T11:15"},
	{lang: "tr", line: "25 Ağustos 2020 Salı", want: "2020-08-25"},
	{lang: "hi", line: "प्रकाशित: २८ फ़रवरी २०२०", want: "2020-02-28", takes: fold("28 फ़रवरी 2020")},
	{lang: "vi", line: "Thứ Sáu, 16/2/2024, 07:25 (GMT+7)", want: "2024-02-16T07:25:00+07:00"},
	{lang: "vi", line: "ngày 16 tháng 2 năm 2024", want: "2024-02-16"},
	{lang: "id", line: "Selasa, 23 Juli 2019 19:12 WIB", want: "2019-07-23T19:12"},
	{lang: "hu", line: "2022. szeptember 7., szerda 14:05", want: "2022-09-07T14:05"},
}

func TestReadDate(t *testing.T) {
	languages := dateLanguages()
	for _, test := range dateCases {
		t.Run(test.lang+": "+test.line, func(t *testing.T) {
			words := languages[test.lang]
			if words == nil {
				words = &dateWords{}
			}
			line := fold(test.line)
			takes := test.takes
			if takes == "" {
				takes = line
			}
			d, start, end, ok := readDate(line, test.lang, words)
			if got := written(d); !ok || got != test.want {
				t.Errorf("readDate(%q) = %q, want %q", line, got, test.want)
			}
			if got := line[start:end]; got != takes {
				t.Errorf("readDate(%q) takes %q, want %q", line, got, takes)
			}
		})
	}
}

var noDateCases = []struct{ name, lang, line string }{
	{"an empty line", "en", ""},
	{"no digit", "en", "Rain fell in September."},
	{"a year alone", "en", "In 2022 the council voted."},
	{"a year in brackets", "fa", "[1401]"},
	{"a day without a year", "de", "ANNABERG, 7. September (dpa)"},
	{"a month and a year", "en", "September 2022"},
	{"a year of two digits", "de", "11.05.21"},
	{"a phone number", "fa", "021-8889-1234"},
	{"a phone number with a country", "en", "+98 21 1234 5678"},
	{"a phone number that ends in a plausible year", "en", "1-202-555-2022"},
	{"a score", "en", "3-2-1"},
	{"a version", "en", "1.2.3"},
	{"a version that reaches a year", "en", "v1.2.2022"},
	{"a version of four numbers", "en", "1.2.2022.4"},
	{"an address", "en", "192.168.1.20"},
	{"a price", "en", "1.500.2000"},
	{"a sum", "en", "$2,022 or 7 of 2022"},
	{"an ISBN", "en", "978-3-16-1484-10-0"},
	{"three years", "en", "2019-2020-2021"},
	{"a season", "en", "2021/22"},
	{"a number glued before", "en", "12022-09-07"},
	{"a number glued behind", "en", "2022-09-071"},
	{"a longer chain before", "en", "5-2022-09-07"},
	{"a longer chain behind", "en", "2022-09-07-1"},
	{"mixed separators", "en", "2022-09/07"},
	{"a path of a web address", "en", "https://mirror.example/2022/09/07/fair"},
	{"a letter glued before", "en", "id7/9/2022"},
	{"a letter glued behind", "en", "7/9/2022x"},
	{"a number glued by a letter that is a filler", "es", "0a01 jun 2000"},
	{"a chain that only begins as a clock does", "en", "2000-1-1.0h:"},
	{"a span of days", "en", "5-7 September 2022"},
	{"30 February", "en", "30 February 2022"},
	{"30 February in numbers", "en", "30/02/2022"},
	{"no month is over 12", "en", "13/13/2022"},
	{"the second number of a year first is a month", "en", "2022/22/03"},
	{"hour 25", "en", "7 September 2022, 25:10"},
	{"hour 25 after a T", "en", "2022-09-07T25:10"},
	{"minute 60", "en", "2022-09-07 10:60"},
	{"13 in the morning", "en", "7 September 2022 13:05 am"},
	{"a year too early", "en", "7 September 1717"},
	{"a year too late", "en", "7 September 2322"},
	{"31 Aban", "fa", "31 آبان 1400"},
	{"30 Esfand of no leap year", "fa", "30 اسفند 1400"},
	{"a Gregorian month of a Hijri year", "fa", "7 سپتامبر 1401"},
	{"a solar month of a Gregorian year", "fa", "22 خرداد 2022"},
	{"a solar year with a lunar mark", "fa", "22 خرداد 1402 ه.ق"},
	{"a Hijri year in numbers, in another language", "en", "1401/06/16"},
	{"a Hijri year in numbers, in Japanese", "ja", "1401年6月16日"},
	{"30 of a month of 29 days", "ar", "30 شوال 1445"},
	{"a Buddhist year, in another language", "en", "07/09/2565"},
	{"a year of an era without it", "ja", "5年11月4日"},
	{"a year of no era", "ja", "112年11月4日"},
	{"days counted, not named", "ja", "2023年に11月4日"},
	{"prose with a year and a number", "en", "In 2022 the 14 members of the council voted 7 times."},
}

func TestReadDateFindsNone(t *testing.T) {
	languages := dateLanguages()
	for _, test := range noDateCases {
		t.Run(test.name, func(t *testing.T) {
			line := fold(test.line)
			if d, start, end, ok := readDate(line, test.lang, languages[test.lang]); ok {
				t.Errorf("readDate(%q) = %q from %q, want none", line, written(d), line[start:end])
			}
		})
	}
}

func TestReadDateCanGoOn(t *testing.T) {
	words := dateLanguages()["en"]
	line := "published 7 september 2022, 14:05 bst | updated 8 september 2022, 09:12 bst"
	_, _, end, _ := readDate(line, "en", words)
	d, _, _, _ := readDate(line[end:], "en", words)
	if got, want := written(d), "2022-09-08T09:12:00+01:00"; got != want {
		t.Errorf("readDate behind the first date = %q, want %q", got, want)
	}
}

// A line as long as a book must not cost more than its length; if it cost its
// square, this would take minutes.
func TestReadDateIsLinear(t *testing.T) {
	words := dateLanguages()["en"]
	for name, piece := range map[string]string{
		"digits": "7", "years": "2022 ", "months": "september 7 ", "weekdays": "wed wed 2022 7 ",
		"dates without a year": "7 september, ", "chains": "7-9-2022-", "fillers": "of 2022 7 of the ", "spaces": " ", "clocks": "14:05 2022 ",
	} {
		t.Run(name, func(t *testing.T) {
			line := strings.Repeat(piece, 1<<18/len(piece))
			began := time.Now()
			if d, start, end, ok := readDate(line, "en", words); ok {
				t.Errorf("readDate of many %s = %q from %q, want none", name, written(d), line[start:end])
			}
			if took := time.Since(began); took > 10*time.Second {
				t.Errorf("readDate of %d bytes took %s", len(line), took)
			}
		})
	}
}

// FuzzReadDate holds that what a date takes is a date of its own.
func FuzzReadDate(f *testing.F) {
	for _, test := range dateCases {
		f.Add(test.lang, test.line)
	}
	for _, test := range noDateCases {
		f.Add(test.lang, test.line)
	}
	languages := dateLanguages()
	f.Fuzz(func(t *testing.T, lang, line string) {
		words := languages[lang]
		if words == nil {
			words = languages["en"]
		}
		d, start, end, ok := readDate(line, lang, words)
		if !ok {
			return
		}
		if start < 0 || end < start || end > len(line) {
			t.Fatalf("readDate(%q) takes [%d:%d] of %d bytes", line, start, end, len(line))
		}
		if year := d.Time.Year(); year < firstYear || year > lastYear {
			t.Errorf("readDate(%q) is of the year %d", line, year)
		}
		again, from, to, _ := readDate(line[start:end], lang, words)
		if written(again) != written(d) || from != 0 || to != end-start {
			t.Errorf("readDate(%q) = %q, but %q alone is %q", line, written(d), line[start:end], written(again))
		}
	})
}

func BenchmarkReadDate(b *testing.B) {
	languages := dateLanguages()
	for _, bench := range []struct{ name, lang, line string }{
		{"none/prose", "en", strings.Repeat("The brass band has bought the patch of grass under its bandstand. ", 4)},
		{"none/numbers", "en", "The band paid 940 pounds in eleven days, and 14 members gave 52 more for a tuba from the fair."},
		{"none/year", "en", "The band, which was founded in 1952, plans a free concert at the end of the month."},
		{"none/year and number", "en", "The band of 14, which was founded in 1952, plans a free concert at the end of the month."},
		{"none/persian", "fa", "در سال ۱۴۰۱ بازار میوه پس از دو ماه تعطیلی بازگشایی می شود و کشاورزان خوشحال هستند"},
		{"some/english", "en", "Published 7 September 2022, 14:05 BST"},
		{"some/numbers", "en", "2022-09-07T14:05:00Z"},
		{"some/persian", "fa", "سه شنبه ۱۸ آبان ۱۴۰۰ ساعت ۱۷:۰۵"},
		{"some/arabic", "ar", "الأربعاء ١٠ رمضان ١٤٤٥هـ الموافق ٢٠ مارس ٢٠٢٤م"},
		{"some/japanese", "ja", "2023年11月4日 10時30分"},
	} {
		b.Run(bench.name, func(b *testing.B) {
			line, words := fold(bench.line), languages[bench.lang]
			b.ReportAllocs()
			for b.Loop() {
				readDate(line, bench.lang, words)
			}
		})
	}
}
