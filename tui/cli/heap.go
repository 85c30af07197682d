package cli

import (
	"runtime"
	"runtime/debug"
)

// firstCollection is in percent of the runtime's least heap, 4 MiB.
const firstCollection = 200

// spareCollections puts the first garbage collection off until the heap is
// 8 MiB. Most commands end before that, and were collected twice in the 20 ms
// they take: a fourth of their processor time, for nothing. What lives longer
// is collected from then on as ever. A GOGC of the person's own is kept.
func spareCollections(env func(string) string) {
	if env("GOGC") != "" {
		return
	}
	debug.SetGCPercent(firstCollection)
	// The runtime tells of a collection only by what it took: of this nothing
	// else knows.
	runtime.AddCleanup(new([64]byte), func(percent int) { debug.SetGCPercent(percent) }, 100)
}
