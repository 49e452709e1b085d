package seed

import (
	"cmp"
	"encoding/binary"
	"hash/fnv"
	"io/fs"
	"math"
	"path"
	"slices"
	"strings"
)

// Media is a file that belongs to a seed: it stands beside it and has its name
// but for the ending, as lamp.mp3 beside lamp.txt.
type Media struct {
	Ending string // of its name, in lower case with the dot: ".mp3"
	Type   string // its media type: "audio/mpeg"
	State
	name string // with its folder, as the file system spells it
}

// mediaTypes are the endings of media and what they stand for. SVG is not among
// them: it can hold scripts, which would run where the feeds are served.
var mediaTypes = map[string]string{
	".epub": "application/epub+zip",
	".jpeg": "image/jpeg",
	".jpg":  "image/jpeg",
	".m4a":  "audio/mp4",
	".mp3":  "audio/mpeg",
	".mp4":  "video/mp4",
	".ogg":  "audio/ogg",
	".pdf":  "application/pdf",
	".png":  "image/png",
	".webp": "image/webp",
}

func ending(name string) string { return strings.ToLower(path.Ext(name)) }

// MediaType is the type of media of this name, empty if it is none.
func MediaType(name string) string { return mediaTypes[ending(name)] }

func isMedia(name string) bool { return MediaType(name) != "" }

// stem is the name, as it is known, that a seed and its media have in common.
func stem(name string) string { return canonical(strings.TrimSuffix(name, path.Ext(name))) }

// attach gives the seeds of the folder the media beside them. Nothing is asked of
// a file that belongs to none of them.
func (l *lister) attach(beside []fs.DirEntry) {
	if len(beside) == 0 {
		return
	}
	media := make(map[string][]Media)
	for _, f := range l.files {
		media[stem(f.name)] = nil
	}
	for _, e := range beside {
		name := l.prefix + e.Name()
		its := stem(name)
		if _, wanted := media[its]; !wanted || !fs.ValidPath(name) {
			continue
		}
		if info, err := l.look(name, e); err == nil && isWhole(info) {
			media[its] = append(media[its], mediaOf(name, info))
		}
	}
	for its := range media {
		media[its] = arrange(media[its])
	}
	for i, f := range l.files {
		l.files[i].Media = media[stem(f.name)]
	}
}

// look tells of a file what its folder knows, and of a link's target.
func (l *lister) look(name string, e fs.DirEntry) (fs.FileInfo, error) {
	if isLink(e) {
		return fs.Stat(l.fsys, name)
	}
	return e.Info()
}

// isWhole reports whether something that has the name of media is a file with
// anything in it: an empty one is an upload that has only begun.
func isWhole(info fs.FileInfo) bool { return info.Mode().IsRegular() && info.Size() > 0 }

func mediaOf(name string, info fs.FileInfo) Media {
	return Media{Ending: ending(name), Type: MediaType(name), State: stateOf(info), name: name}
}

// arrange sorts media by their endings and lets each ending stand once.
func arrange(media []Media) []Media {
	slices.SortFunc(media, func(a, b Media) int {
		return cmp.Or(strings.Compare(a.Ending, b.Ending), strings.Compare(a.name, b.name))
	})
	return slices.CompactFunc(media, func(a, b Media) bool { return a.Ending == b.Ending })
}

// MediaPrint is a fingerprint of a file's media, 0 if it has none. It is
// another when one came, went or changed.
func (f File) MediaPrint() int64 {
	if len(f.Media) == 0 {
		return 0
	}
	h := fnv.New64a()
	for _, m := range f.Media {
		b := binary.AppendUvarint(nil, uint64(len(m.Ending)))
		b = append(b, m.Ending...)
		b = binary.AppendVarint(b, m.Size)
		b = binary.AppendVarint(b, m.ModTime.Unix())
		h.Write(binary.AppendVarint(b, int64(m.ModTime.Nanosecond())))
	}
	return int64(h.Sum64())
}

// OpenMedia opens a file that belongs to a seed. What it holds by now may be
// longer or shorter than when it was listed.
func OpenMedia(fsys fs.FS, m Media) (fs.File, error) {
	file, _, err := openFile(fsys, m.name, math.MaxInt64)
	if err != nil {
		return nil, cause(err)
	}
	return file, nil
}
