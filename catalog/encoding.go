package catalog

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

const sniffLen = 64 << 10

// textReader gives UTF-8, whatever the file holds. ASCII passes as it is until
// the first other byte decides between UTF-8 and GB18030.
type textReader struct {
	src      io.Reader
	dec      io.Reader // set once the encoding is known; nil = undecided
	buf      []byte
	pos, end int
	err      error
	name     string
}

func newTextReader(r io.Reader, encoding string) (*textReader, error) {
	t := &textReader{src: r, buf: make([]byte, sniffLen)}
	n, err := io.ReadFull(r, t.buf)
	t.end = n
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, fmt.Errorf("catalog: read: %w", err)
	}
	if err != nil {
		t.err = io.EOF
	}
	head := t.buf[:n]
	if what := binaryKind(head); what != "" {
		return nil, refused(codeNotTable, what)
	}
	switch encoding {
	case "", "auto":
		t.sniff(head)
	case "utf-8", "utf8":
		t.setUTF8()
	case "gb18030", "gbk", "gb2312":
		t.setDecoder("gb18030", simplifiedchinese.GB18030.NewDecoder())
	case "utf-16le":
		t.setDecoder("utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	case "utf-16be":
		t.setDecoder("utf-16be", unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder())
	default:
		return nil, refused(codeEncoding, "编码名称不认识："+clip(encoding)+"（utf-8、gb18030、utf-16le、utf-16be）")
	}
	return t, nil
}

func refused(id, want string) error {
	p := Problem{Code: id, Severity: Error, Want: want, Err: ErrRefused}
	return Problems{p}
}

// binaryKind names what is certainly no text table.
func binaryKind(b []byte) string {
	for _, m := range []struct{ magic, want string }{
		{"PK\x03\x04", "这是 .xlsx 或压缩文件，请用 catalog/xlsx 读取，或另存为 CSV"},
		{"\xd0\xcf\x11\xe0", "这是旧版 .xls 文件，请另存为 .xlsx 或 CSV"},
		{"%PDF", "这是 PDF 文件，请导出为 CSV 或 .xlsx"},
		{"\x1f\x8b", "这是压缩文件，请先解压"},
		{"Rar!", "这是压缩文件，请先解压"},
		{"{\\rtf", "这是 RTF 文件，请导出为 CSV 或 .xlsx"},
	} {
		if bytes.HasPrefix(b, []byte(m.magic)) {
			return m.want
		}
	}
	if t := bytes.ToLower(bytes.TrimSpace(b[:min(len(b), 256)])); bytes.HasPrefix(t, []byte("<!doctype html")) || bytes.HasPrefix(t, []byte("<html")) {
		return "这是网页文件，请另存为 CSV 或 .xlsx"
	}
	return ""
}

func (t *textReader) sniff(head []byte) {
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		t.pos = 3
		t.setUTF8()
		return
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		t.setDecoder("utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
		return
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		t.setDecoder("utf-16be", unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder())
		return
	}
	if le, ok := utf16NoMark(head); ok {
		if le {
			t.setDecoder("utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder())
		} else {
			t.setDecoder("utf-16be", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder())
		}
		return
	}
	t.decide(head)
}

// decide looks at a stretch and chooses, or leaves the choice open when it is
// all ASCII.
func (t *textReader) decide(b []byte) {
	first := -1
	for i, c := range b {
		if c >= utf8.RuneSelf {
			first = i
			break
		}
	}
	if first < 0 {
		return
	}
	u, ub := validUTF8(b[first:])
	if ub == 0 {
		t.setUTF8()
		return
	}
	g, gb := validGB(b[first:])
	if gb == 0 && g > 0 || gb*4 < ub && u < 8*ub {
		t.setDecoder("gb18030", simplifiedchinese.GB18030.NewDecoder())
		return
	}
	t.setUTF8()
}

// validUTF8 counts good runes beyond ASCII and bad bytes; what is cut at the
// end does not count.
func validUTF8(b []byte) (good, bad int) {
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			b = b[1:]
			continue
		}
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n <= 1 {
			if !utf8.FullRune(b) {
				break
			}
			bad++
			b = b[1:]
			continue
		}
		good++
		b = b[n:]
	}
	return good, bad
}

// validGB counts two- and four-byte characters and bad bytes of GB18030.
func validGB(b []byte) (good, bad int) {
	for len(b) > 0 {
		c := b[0]
		switch {
		case c < 0x80:
			b = b[1:]
		case c == 0x80 || c == 0xff:
			bad++
			b = b[1:]
		case len(b) < 2:
			return good, bad
		case b[1] >= 0x40 && b[1] <= 0xfe && b[1] != 0x7f:
			good++
			b = b[2:]
		case b[1] >= 0x30 && b[1] <= 0x39:
			if len(b) < 4 {
				return good, bad
			}
			if b[2] >= 0x81 && b[2] <= 0xfe && b[3] >= 0x30 && b[3] <= 0x39 {
				good++
				b = b[4:]
				continue
			}
			bad++
			b = b[1:]
		default:
			bad++
			b = b[1:]
		}
	}
	return good, bad
}

// utf16NoMark recognises UTF-16 without a mark: zero bytes, and nine of ten
// units that are characters of a Chinese table when read one way.
func utf16NoMark(b []byte) (littleEndian, ok bool) {
	b = b[:min(len(b), 8192)&^1]
	if len(b) < 4 || bytes.IndexByte(b, 0) < 0 {
		return false, false
	}
	var le, be int
	for i := 0; i < len(b); i += 2 {
		if expected(rune(b[i]) | rune(b[i+1])<<8) {
			le++
		}
		if expected(rune(b[i+1]) | rune(b[i])<<8) {
			be++
		}
	}
	units := len(b) / 2
	switch {
	case le > be && le*10 >= units*9:
		return true, true
	case be > le && be*10 >= units*9:
		return false, true
	}
	return false, false
}

// expected reports a unit that stands in Chinese tables: ASCII, ideographs and
// their punctuation, full width, boxes and marks.
func expected(r rune) bool {
	switch {
	case r == '\t', r == '\n', r == '\r', r >= ' ' && r < 0x7f, r >= 0x4e00 && r <= 0x9fff, r >= 0x3000 && r <= 0x303f, r >= 0xff00 && r <= 0xffef, r >= 0x2010 && r <= 0x203f, r >= 0x2190 && r <= 0x27bf, r == '·':
		return true
	}
	return false
}

func (t *textReader) setUTF8() { t.name = "utf-8"; t.dec = (*textPlain)(t) }

func (t *textReader) setDecoder(name string, d transform.Transformer) {
	t.name = name
	t.dec = transform.NewReader((*textPlain)(t), d)
}

// textPlain reads the bytes as they are.
type textPlain textReader

func (t *textPlain) Read(p []byte) (int, error) {
	if t.pos < t.end {
		n := copy(p, t.buf[t.pos:t.end])
		t.pos += n
		return n, nil
	}
	if t.err != nil {
		return 0, t.err
	}
	return t.src.Read(p)
}

func (t *textReader) Read(p []byte) (int, error) {
	for t.dec == nil {
		if t.pos < t.end { // undecided: all of buf is ASCII
			n := copy(p, t.buf[t.pos:t.end])
			t.pos += n
			return n, nil
		}
		if t.err != nil {
			return 0, t.err
		}
		n, err := io.ReadFull(t.src, t.buf)
		t.pos, t.end = 0, n
		switch err {
		case nil:
		case io.EOF, io.ErrUnexpectedEOF:
			t.err = io.EOF
		default:
			t.err = err
		}
		t.decide(t.buf[:n])
	}
	return t.dec.Read(p)
}
