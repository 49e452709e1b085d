package main

import (
	"bufio"
	"context"
	"os"
	"path/filepath"
	"strings"
)

// traced is what a run did to the files that are counted.
type traced struct {
	opened  int // articles
	written int // files in out that were opened for writing, written, renamed or removed
}

// writers are the calls that change something. A ? lets strace go on where a
// processor does not know one.
const writers = "?creat,?rename,?renameat,?renameat2,?unlink,?unlinkat,?link,?linkat,?symlink,?symlinkat," +
	"?mkdir,?mkdirat,?rmdir,?truncate,?ftruncate,?write,?pwrite64,?writev,?pwritev,?copy_file_range,?sendfile"

// trace runs a command and lists its calls. With -y strace says of which file a
// descriptor is.
func (b *workbench) trace(ctx context.Context, c corpus, s site, cmd command) (t traced, err error) {
	list := filepath.Join(b.home, "trace")
	defer os.Remove(list)
	args := []string{"strace", "-f", "-y", "-qq", "-s", "0", "-o", list, "-e", "trace=?open,?openat,?openat2," + writers}
	if _, err := b.output(ctx, append(args, cmd.args...)...); err != nil {
		return t, err
	}
	f, err := os.Open(list)
	if err != nil {
		return t, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		t.count(lines.Text(), c.dir, s.out)
	}
	return t, lines.Err()
}

// count reads a line of strace's: a process, a call with its arguments, and
// what it gave back. A call that is cut in two has its files in the first half.
func (t *traced) count(line, in, out string) {
	_, call, _ := strings.Cut(line, " ")
	name, args, ok := strings.Cut(strings.TrimSpace(call), "(")
	if !ok || strings.Contains(line, " resumed>") {
		return
	}
	opens := strings.HasPrefix(name, "open")
	switch {
	case opens && strings.Contains(args, in) && strings.Contains(args, `.txt"`):
		t.opened++
	case opens && !changes(args):
	case touches(args, out):
		t.written++
	}
}

// changes reports whether a file is opened to be changed.
func changes(args string) bool {
	return strings.Contains(args, "O_WRONLY") || strings.Contains(args, "O_RDWR") || strings.Contains(args, "O_CREAT")
}

// touches reports whether a call is about a file below out. The lock is none:
// nobody is served it.
func touches(args, out string) bool {
	return strings.Contains(args, out) && !strings.Contains(args, ".seedfeed.lock")
}
