package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"seedfeed/feed/ledger"
)

func stateFlag(f *pflag.FlagSet, state *string) {
	f.StringVar(state, "state", "", "`folder` for what is remembered (default: $STATE_DIRECTORY, $XDG_STATE_HOME or ~/.local/state)")
}

// stateFolder is where the ledger of an out/ is kept: below the named folder,
// else systemd's, else the user's. It has the name of out/ and, as many are
// called so, eight figures of its path.
func stateFolder(named, out string) (string, error) {
	path, err := filepath.Abs(out)
	if err != nil {
		return "", err
	}
	home, err := stateHome(named)
	if err == nil {
		home, err = filepath.Abs(home)
	}
	if err != nil {
		return "", err
	}
	if home == path || strings.HasPrefix(home, path+string(filepath.Separator)) {
		return "", usageError{fmt.Errorf("the state folder %q lies in %q, which is public", home, path)}
	}
	sum := sha256.Sum256([]byte(path))
	return filepath.Join(home, "seedfeed", filepath.Base(path)+"-"+hex.EncodeToString(sum[:4])), nil
}

func stateHome(named string) (string, error) {
	if named != "" {
		return named, nil
	}
	// systemd may name several, with colons between them.
	if list := filepath.SplitList(os.Getenv("STATE_DIRECTORY")); len(list) > 0 {
		return list[0], nil
	}
	// What is not absolute is to be ignored (XDG Base Directory Specification).
	if dir := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return dir, nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("%w: %w", ledger.ErrState, err)
	}
	return filepath.Join(home, ".local", "state"), nil
}
