package roster

import (
	"encoding/binary"
	"encoding/hex"
	"hash/maphash"
	"math"
	"slices"
	"strings"
	"time"

	"example.com/samlens/diag/evidence"
)

// maxName bounds what is searched of one name, in bytes; Connect's own limit
// is 100 characters.
const maxName = 1024

// An Index holds users for searching. The zero Index is not usable; New makes
// one. Searches may run side by side, but none while Add does.
type Index struct {
	// skels are the skeletons end to end, the n-th from at[n] to at[n+1]:
	// with masks all that a search reads of users it does not show.
	skels []byte
	at    []uint32
	masks []uint64
	rows  []entry // one for each user, in the order of Add
	names []byte  // names that differ from their skeletons
	// where are the users' origins, each once; more are users of whom there
	// is more to keep than their entry holds.
	where  []origin
	origin map[origin]uint16
	more   map[uint32]evidence.User
	// heads and next chain the rows by the local part of their skeleton.
	heads []uint32
	next  []uint32
	seed  maphash.Seed
}

// An entry is what is kept of a user beside the skeleton, in 28 bytes.
type entry struct {
	name     uint32 // the name's offset in names; none where it is the skeleton
	nameLen  uint16
	where    uint16 // the origin; whole where the user is among more
	id       [16]byte
	modified uint32 // seconds since 1970; 0 for unknown
}

// whole marks entries of users who are among more.
const whole = math.MaxUint16

// An origin is what users of one listing share.
type origin struct{ arn, instance, region string }

const none = math.MaxUint32

// New returns an index of the users.
func New(users []evidence.User) *Index {
	x := &Index{at: []uint32{0}, origin: map[origin]uint16{}, more: map[uint32]evidence.User{}, seed: maphash.MakeSeed()}
	x.Add(users)
	return x
}

// Len returns how many users there are.
func (x *Index) Len() int { return len(x.rows) }

// Add appends users, such as a page that has just come in. It drops what
// would not fit 4 GiB of names.
func (x *Index) Add(users []evidence.User) {
	x.rows = slices.Grow(x.rows, len(users))
	x.masks = slices.Grow(x.masks, len(users))
	x.next = slices.Grow(x.next, len(users))
	x.at = slices.Grow(x.at, len(users))
	for _, u := range users {
		x.add(u)
	}
	if len(x.rows) > len(x.heads) {
		x.chain()
	}
}

func (x *Index) add(u evidence.User) {
	name := u.Username[:min(len(u.Username), maxName)]
	skel := skeleton(name)
	skel = skel[:min(len(skel), math.MaxUint16)]
	if len(x.skels)+len(skel) >= math.MaxUint32 || len(x.names)+len(name) >= math.MaxUint32 || len(x.rows) >= none {
		return
	}
	n := uint32(len(x.rows))
	e := entry{name: none}
	if skel != name {
		e.name, e.nameLen = uint32(len(x.names)), uint16(len(name))
		x.names = append(x.names, name...)
	}
	if !x.pack(&e, u) || len(name) < len(u.Username) {
		e.where = whole
		x.more[n] = u
	}
	x.skels = append(x.skels, skel...)
	x.at = append(x.at, uint32(len(x.skels)))
	x.rows = append(x.rows, e)
	x.masks = append(x.masks, maskOf(skel))
	x.next = append(x.next, none)
	if len(x.rows) <= len(x.heads) {
		x.link(n)
	}
}

// pack writes u into its entry; it reports false where that loses something.
func (x *Index) pack(e *entry, u evidence.User) bool {
	if u.FirstName != "" || u.LastName != "" || u.Email != "" || len(u.SecurityProfiles) > 0 || u.RoutingProfile != "" || u.Hierarchy != "" {
		return false
	}
	o := origin{instance: u.Instance, region: u.LastRegion}
	if u.ARN != "" {
		prefix, ok := strings.CutSuffix(u.ARN, u.ID)
		if !ok || u.ID == "" {
			return false
		}
		o.arn = prefix
	}
	if !u.LastModified.IsZero() {
		if s := u.LastModified.Unix(); s <= 0 || s > math.MaxUint32 {
			return false
		}
		e.modified = uint32(u.LastModified.Unix())
	}
	if u.ID != "" && !parseID(&e.id, u.ID) {
		return false
	}
	// Most users come from where the last one came.
	if n := len(x.where); n > 0 && x.where[n-1] == o {
		e.where = uint16(n - 1)
		return true
	}
	w, ok := x.origin[o]
	if !ok {
		if len(x.where) >= whole {
			return false
		}
		w = uint16(len(x.where))
		x.where = append(x.where, o)
		x.origin[o] = w
	}
	e.where = w
	return true
}

// User returns the n-th user as it was added; times to the second.
func (x *Index) User(n int) evidence.User {
	e := x.rows[n]
	if e.where == whole {
		return x.more[uint32(n)]
	}
	o := x.where[e.where]
	u := evidence.User{Username: x.name(n), Instance: o.instance, LastRegion: o.region}
	if e.id != ([16]byte{}) {
		u.ID = formatID(e.id)
	}
	if o.arn != "" {
		u.ARN = o.arn + u.ID
	}
	if e.modified != 0 {
		u.LastModified = time.Unix(int64(e.modified), 0).UTC()
	}
	return u
}

func (x *Index) name(n int) string {
	e := &x.rows[n]
	if e.name == none {
		return string(x.skel(n))
	}
	return string(x.names[e.name : e.name+uint32(e.nameLen)])
}

func (x *Index) skel(n int) []byte { return x.skels[x.at[n]:x.at[n+1]] }

// chain makes room for twice the rows and links them all anew.
func (x *Index) chain() {
	size := 1024
	for size < 2*len(x.rows) {
		size *= 2
	}
	x.heads = make([]uint32, size)
	for i := range x.heads {
		x.heads[i] = none
	}
	for n := range x.rows {
		x.link(uint32(n))
	}
}

func (x *Index) link(n uint32) {
	h := x.bucket(x.skel(int(n)))
	x.next[n] = x.heads[h]
	x.heads[h] = n
}

// bucket is where rows with the local part of skel are chained.
func (x *Index) bucket(skel []byte) uint32 {
	for i, c := range skel {
		if c == '@' {
			skel = skel[:i]
			break
		}
	}
	return uint32(maphash.Bytes(x.seed, skel)) & uint32(len(x.heads)-1)
}

// maxAlike bounds how many rows of one local part are looked at.
const maxAlike = 10_000

// alike returns the rows whose skeleton has the local part of skel, in order.
func (x *Index) alike(skel string) []int {
	if len(x.heads) == 0 || skel == "" {
		return nil
	}
	want, _, _ := local(skel)
	var out []int
	seen := 0
	for n := x.heads[x.bucket([]byte(skel))]; n != none && seen < maxAlike; n = x.next[n] {
		seen++
		s := x.skel(int(n))
		if len(s) >= len(want) && string(s[:len(want)]) == want && (len(s) == len(want) || s[len(want)] == '@') {
			out = append(out, int(n))
		}
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}

// parseID reads a UUID in the one form in which AWS writes it.
func parseID(id *[16]byte, s string) bool {
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' || strings.ToLower(s) != s {
		return false
	}
	_, err := hex.Decode(id[:], []byte(s[:8]+s[9:13]+s[14:18]+s[19:23]+s[24:]))
	return err == nil && *id != [16]byte{}
}

func formatID(id [16]byte) string {
	var b [36]byte
	hex.Encode(b[:8], id[:4])
	b[8], b[13], b[18], b[23] = '-', '-', '-', '-'
	hex.Encode(b[9:13], id[4:6])
	hex.Encode(b[14:18], id[6:8])
	hex.Encode(b[19:23], id[8:10])
	hex.Encode(b[24:], binary.BigEndian.AppendUint64(nil, binary.BigEndian.Uint64(id[8:]))[2:])
	return string(b[:])
}
