//go:build !linux && !darwin

package main

// peakMemory is not told here.
func peakMemory(any) int64 { return 0 }
