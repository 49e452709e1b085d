//go:build linux || darwin

package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// listFolder gives the files and the folders of a folder. Times are asked of
// the open folder, so that no path is walked for a file.
func listFolder(folder string, withTimes bool) (files []entry, folders []string, err error) {
	d, err := os.Open(folder)
	if err != nil {
		return nil, nil, err
	}
	defer d.Close()
	found, err := d.ReadDir(-1)
	if err != nil {
		return nil, nil, err
	}
	files = make([]entry, 0, len(found))
	for _, f := range found {
		if f.IsDir() {
			folders = append(folders, folder+"/"+f.Name())
			continue
		}
		e := entry{folder: folder, name: f.Name()}
		if withTimes {
			var s unix.Stat_t
			if err := unix.Fstatat(int(d.Fd()), e.name, &s, unix.AT_SYMLINK_NOFOLLOW); err != nil {
				return nil, nil, err
			}
			e.modTime = s.Mtim.Nano()
		}
		files = append(files, e)
	}
	return files, folders, nil
}

// readFile reads a file into buf, which grows if it must, by three calls of the
// system: os.ReadFile makes six.
func readFile(name string, buf []byte) ([]byte, error) {
	fd, err := unix.Open(name, unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return buf, err
	}
	defer unix.Close(fd)
	buf = buf[:0]
	for {
		n, err := unix.Read(fd, buf[len(buf):cap(buf)])
		if err != nil {
			return buf, err
		}
		buf = buf[:len(buf)+n]
		if len(buf) < cap(buf) {
			return buf, nil
		}
		buf = append(buf, 0)[:len(buf)]
	}
}

// writeFile writes a file under a name for the time being, and renames it.
func writeFile(name string, data []byte) error {
	fd, err := unix.Open(name+".tmp", unix.O_WRONLY|unix.O_CREAT|unix.O_TRUNC|unix.O_CLOEXEC, 0o644)
	if err != nil {
		return err
	}
	for len(data) > 0 {
		n, err := unix.Write(fd, data)
		if err != nil {
			unix.Close(fd)
			return err
		}
		data = data[n:]
	}
	if err := unix.Close(fd); err != nil {
		return err
	}
	return unix.Rename(name+".tmp", name)
}
