/* Owns the table of magic numbers and the rules for text without one.  Reads
 * borrowed bytes, knows neither files nor gzip's inside. */
#include "load/sniff.h"

#include <stdint.h>

struct magic {
	const char *bytes;
	size_t n;
	enum sniff_kind kind;
};

/* The longer of two that begin alike comes first. */
static const struct magic magics[] = {
	{"\x1f\x8b", 2, SNIFF_GZIP},              /* RFC 1952 */
	{"\xff\xfe\0\0", 4, SNIFF_UTF32},
	{"\0\0\xfe\xff", 4, SNIFF_UTF32},
	{"\xff\xfe", 2, SNIFF_UTF16},
	{"\xfe\xff", 2, SNIFF_UTF16},
	{"PK\3\4", 4, SNIFF_ZIP},
	{"PK\5\6", 4, SNIFF_ZIP},                 /* one without members */
	{"PK\7\10", 4, SNIFF_ZIP},                /* one of several volumes */
	{"\x28\xb5\x2f\xfd", 4, SNIFF_ZSTD},      /* RFC 8878 */
	{"BZh", 3, SNIFF_BZIP2},
	{"\xfd" "7zX", 4, SNIFF_XZ},
	{"\x04\x22\x4d\x18", 4, SNIFF_LZ4},
	{"7z\xbc\xaf", 4, SNIFF_SEVEN_ZIP},
	{"PAR1", 4, SNIFF_PARQUET},
};

static bool blank(unsigned char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool opens(unsigned char c)
{
	return c == '{' || c == '[';
}

/* UTF-16 or UTF-32 without a byte order mark: JSON begins with an ASCII
 * character, so the place of the NULs tells (RFC 4627, 3). */
static enum sniff_kind wide(const unsigned char *p)
{
	bool low = blank(p[0]) || opens(p[0]);

	if (low && p[1] == 0)
		return p[2] == 0 && p[3] == 0 ? SNIFF_UTF32 : SNIFF_UTF16;
	if (p[0] != 0)
		return SNIFF_UNDECIDED;
	if (p[1] == 0 && p[2] == 0 && (blank(p[3]) || opens(p[3])))
		return SNIFF_UTF32;
	if ((blank(p[1]) || opens(p[1])) && p[2] == 0)
		return SNIFF_UTF16;
	return SNIFF_UNDECIDED;
}

static bool binary(struct span head)
{
	for (size_t i = 0; i < head.n && i < SNIFF_NEED; i++) {
		unsigned char c = (unsigned char)head.p[i];

		/* A terminal's log holds BEL to CR and ESC. */
		if (c < ' ' && (c < '\a' || c > '\r') && c != 0x1b)
			return true;
	}
	return false;
}

/* CMF and FLG of RFC 1950 with a 32 KB window; `x^` begins text as well. */
static bool zlib_header(struct span head)
{
	uint8_t flags;

	if (head.n < 2 || head.p[0] != 'x')
		return false;
	flags = (uint8_t)head.p[1];
	return flags == 0x01 || flags == 0x5e || flags == 0x9c ||
	       flags == 0xda;
}

static bool tar_header(struct span head)
{
	return head.n >= 262 && memcmp(head.p + 257, "ustar", 5) == 0;
}

size_t sniff_blanks(struct span head)
{
	size_t n = 0;

	while (n < head.n && blank((unsigned char)head.p[n]))
		n++;
	return n;
}

enum sniff_kind sniff_after_blank(struct span head, bool at_end)
{
	head = span_from(head, sniff_blanks(head));
	if (head.n == 0)
		return SNIFF_BLANK;
	if (opens((unsigned char)head.p[0]))
		return SNIFF_JSON;
	if (head.n < SNIFF_NEED && !at_end)
		return SNIFF_UNDECIDED;
	return binary(head) ? SNIFF_BINARY : SNIFF_TEXT;
}

enum sniff_kind sniff_bytes(struct span head, bool at_end)
{
	enum sniff_kind kind;

	if (head.n < 4 && !at_end)
		return SNIFF_UNDECIDED;
	if (head.n == 0)
		return SNIFF_EMPTY;
	for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
		if (span_starts(head, (struct span){magics[i].bytes,
						    magics[i].n}))
			return magics[i].kind;
	if (head.n >= 4) {
		kind = wide((const unsigned char *)head.p);
		if (kind != SNIFF_UNDECIDED)
			return kind;
	}
	if (span_starts(head, SPAN("\xef\xbb\xbf")))
		head = span_from(head, 3);
	kind = sniff_after_blank(head, at_end);
	if (kind != SNIFF_BINARY)
		return kind;
	if (tar_header(head))
		return SNIFF_TAR;
	return zlib_header(head) ? SNIFF_ZLIB : SNIFF_BINARY;
}

#define UNPACK ": unpack it and open the folder"

const char *sniff_name(enum sniff_kind kind)
{
	switch (kind) {
	case SNIFF_UNDECIDED: return "not known yet";
	case SNIFF_JSON: return "JSON";
	case SNIFF_GZIP: return "gzip";
	case SNIFF_EMPTY: return "an empty file";
	case SNIFF_BLANK: return "nothing but white space";
	case SNIFF_UTF16: return "text in UTF-16";
	case SNIFF_UTF32: return "text in UTF-32";
	case SNIFF_ZIP: return "a zip archive" UNPACK;
	case SNIFF_ZSTD: return "compressed by zstd";
	case SNIFF_BZIP2: return "compressed by bzip2";
	case SNIFF_XZ: return "compressed by xz";
	case SNIFF_LZ4: return "compressed by lz4";
	case SNIFF_SEVEN_ZIP: return "a 7z archive" UNPACK;
	case SNIFF_PARQUET: return "a Parquet table";
	case SNIFF_ZLIB: return "a zlib stream without gzip's header";
	case SNIFF_TAR: return "a tar archive" UNPACK;
	case SNIFF_BINARY: return "binary data";
	case SNIFF_TEXT: return "text that is not JSON";
	}
	return "unknown";
}

const char *sniff_command(enum sniff_kind kind)
{
	switch (kind) {
	case SNIFF_UTF16: return "iconv -f UTF-16 -t UTF-8";
	case SNIFF_UTF32: return "iconv -f UTF-32 -t UTF-8";
	case SNIFF_ZSTD: return "zstd -dc";
	case SNIFF_BZIP2: return "bzip2 -dc";
	case SNIFF_XZ: return "xz -dc";
	case SNIFF_LZ4: return "lz4 -dc";
	default: return NULL;
	}
}
