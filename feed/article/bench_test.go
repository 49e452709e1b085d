package article

import "testing"

func BenchmarkLoadLanguages(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := loadLanguages(); err != nil {
			b.Fatal(err)
		}
	}
}
