package feed

// Stop is one of the journey that a build makes.
type Stop int

// The stops, in the order of Build. A page and the part of the archive that its
// article stands in are made together, and told as pages.
const (
	StopRecall    Stop = iota // what was published is held against what is remembered
	StopList                  // the folder of seeds is listed
	StopCompare               // the list is held against what is remembered
	StopSettle                // files that may still be being written are waited for
	StopRead                  // seeds are read
	StopDecide                // it is decided which items they are
	StopArrange               // items are put into feeds
	StopPages                 // pages are written
	StopArchive               // documents of the archive are
	StopDocuments             // feeds and their index pages are
	StopPublish               // all of that appears
	StopNotify                // the hub is told
)

// String is the stop in a word.
func (s Stop) String() string {
	return [...]string{"recall", "list", "compare", "settle", "read", "decide", "arrange", "pages", "archive", "documents", "publish", "notify"}[s]
}

// at tells whoever watches where the build is.
func (b *build) at(s Stop, done, total int) {
	if b.Progress != nil {
		b.Progress(s, done, total)
	}
}

// duePages is how many pages there will be to do, as far as is known before.
func (b *build) duePages(all bool) int {
	n := b.report.New + b.report.Changed
	if all {
		n += b.report.Known
	}
	return n
}
