package ledger

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// The tags and the format number stand first in what is hashed, so that no
// input of one kind can be taken for one of another.
const (
	recordTag  = "gongkai/record"
	privateTag = "gongkai/private"
	format     = 1

	saltSize = 32
)

// ErrSeal is the category of what Seal refuses.
var ErrSeal = errors.New("ledger: cannot seal")

// AppendForm appends the binary form of r, which the hash covers, to dst: tag,
// format, suite, tenant, case, seq, type, time, on, actor, Structure,
// commitment, prev. Texts and Structure carry their length as four bytes before
// them; format is four bytes, seq and time are eight, commitment and prev are
// 32; all numbers are big-endian. See the package comment for the bytes of one.
func AppendForm(dst []byte, r *Record) []byte { return appendEvent(appendCase(dst, r), r) }

// appendCase is the part of the form that the records of a case share.
func appendCase(dst []byte, r *Record) []byte {
	dst = appendText(dst, recordTag)
	dst = binary.BigEndian.AppendUint32(dst, format)
	dst = appendText(dst, r.Suite)
	dst = appendText(dst, r.Tenant)
	return appendText(dst, r.Case)
}

func appendEvent(dst []byte, r *Record) []byte {
	be := binary.BigEndian
	dst = be.AppendUint64(dst, uint64(r.Seq))
	dst = appendText(dst, r.Type)
	dst = be.AppendUint64(dst, uint64(r.Time))
	dst = appendText(dst, r.On)
	dst = appendText(dst, r.Actor)
	dst = be.AppendUint32(dst, uint32(len(r.Structure)))
	dst = append(dst, r.Structure...)
	dst = append(dst, r.Commitment[:]...)
	return append(dst, r.Prev[:]...)
}

func appendText(dst []byte, s string) []byte {
	dst = binary.BigEndian.AppendUint32(dst, uint32(len(s)))
	return append(dst, s...)
}

func appendPrivate(dst, salt, private []byte) []byte {
	dst = appendText(dst, privateTag)
	dst = append(dst, salt...)
	return append(dst, private...)
}

// stackForm is the size up to which a record is put into its form without the heap.
const stackForm = 2 << 10

// Seal fills the Suite (if empty), Salt, Commitment, Prev and Hash of rec, whose
// other fields are set. prev is the Hash of the record before it in the case
// (zero for Seq 1); random supplies 32 bytes for the salt, e.g. crypto/rand.Reader.
//
// A nil Private becomes an empty one, so that it differs from an erased one.
// Whatever Seal refuses is ErrSeal, and rec is left as it was.
func Seal(suite Suite, prev Digest, rec *Record, random io.Reader) error {
	if err := sealable(suite, prev, rec); err != nil {
		return err
	}
	salt := make([]byte, saltSize)
	if _, err := io.ReadFull(random, salt); err != nil {
		return fmt.Errorf("%w: salt: %w", ErrSeal, err)
	}
	rec.Suite = suite.ID()
	rec.Salt, rec.Prev = salt, prev
	if rec.Private == nil {
		rec.Private = []byte{}
	}
	var stack [stackForm]byte
	buf := appendPrivate(stack[:0], salt, rec.Private)
	rec.Commitment = sum(suite, buf)
	buf = AppendForm(buf[:0], rec)
	rec.Hash = sum(suite, buf)
	return nil
}

func sealable(suite Suite, prev Digest, r *Record) error {
	refuse := func(why string) error { return fmt.Errorf("%w: %s", ErrSeal, why) }
	switch {
	case suite == nil:
		return refuse("no suite")
	case r.Suite != "" && r.Suite != suite.ID():
		return refuse("the record names another suite: " + r.Suite)
	case r.Tenant == "":
		return refuse("no tenant")
	case r.Case == "":
		return refuse("no case")
	case r.Type == "":
		return refuse("no type")
	case r.Seq < 1:
		return refuse("seq below 1")
	case (r.Seq == 1) != prev.IsZero():
		return refuse("record 1 has no predecessor, every other has one")
	case r.On != "" && !isDay(r.On):
		return refuse("on is not of the form 2006-01-02")
	case uint64(len(r.Structure)) > math.MaxUint32:
		return refuse("structure too long")
	}
	return nil
}

// isDay checks the shape only; which days exist is not this package's business.
func isDay(s string) bool {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return false
	}
	for i := range len(s) {
		if i != 4 && i != 7 && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return true
}
