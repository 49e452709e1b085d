//go:build !linux && !darwin

package main

import (
	"io"
	"os"
	"path/filepath"
)

// listFolder gives the files and the folders of a folder.
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
	for _, f := range found {
		if f.IsDir() {
			folders = append(folders, filepath.Join(folder, f.Name()))
			continue
		}
		e := entry{folder: folder, name: f.Name()}
		if withTimes {
			info, err := f.Info()
			if err != nil {
				return nil, nil, err
			}
			e.modTime = info.ModTime().UnixNano()
		}
		files = append(files, e)
	}
	return files, folders, nil
}

// readFile reads a file into buf, which grows if it must.
func readFile(name string, buf []byte) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return buf, err
	}
	defer f.Close()
	buf = buf[:0]
	for {
		n, err := f.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if err == io.EOF {
			return buf, nil
		}
		if err != nil {
			return buf, err
		}
		if len(buf) == cap(buf) {
			buf = append(buf, 0)[:len(buf)]
		}
	}
}

// writeFile writes a file under a name for the time being, and renames it.
func writeFile(name string, data []byte) error {
	if err := os.WriteFile(name+".tmp", data, 0o644); err != nil {
		return err
	}
	return os.Rename(name+".tmp", name)
}
