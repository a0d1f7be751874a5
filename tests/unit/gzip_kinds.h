/* The kinds of gzip file that there are, made in memory, member by member, and
 * the verdict on each.  For tests that have included cmocka. */
#ifndef GZIP_KINDS_H
#define GZIP_KINDS_H

#include "base/buffer.h"
#include "load/inflate.h"

#include <string.h>
#include <zlib.h>

#define A "{\"Records\":[{\"eventName\":\"ExportCertificate\"}]}"
#define B "{\"Records\":[{\"eventName\":\"DeleteCertificate\"}]}"
#define LEN(text) (sizeof(text) - 1)

static void add_little_endian(struct buffer *b, uint32_t v, int bytes)
{
	for (int i = 0; i < bytes; i++)
		buffer_add_byte(b, (char)(v >> 8 * i));
}

static void add_deflated(struct buffer *b, struct span s, int level,
			 int strategy)
{
	z_stream z = {0};
	size_t room;

	assert_int_equal(deflateInit2(&z, level, Z_DEFLATED, -15, 8, strategy),
			 Z_OK);
	room = deflateBound(&z, s.n);
	z.next_in = (unsigned char *)s.p;
	z.avail_in = (unsigned)s.n;
	z.next_out = (unsigned char *)buffer_room(b, room);
	z.avail_out = (unsigned)room;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	b->n += room - z.avail_out;
	deflateEnd(&z);
}

/* Method, flags, no time, no extra flags, Unix. */
static void add_header(struct buffer *b, int method, int flags)
{
	buffer_add(b, "\x1f\x8b", 2);
	buffer_add_byte(b, (char)method);
	buffer_add_byte(b, (char)flags);
	buffer_add(b, "\0\0\0\0\0\3", 6);
}

static void add_trailer(struct buffer *b, struct span s)
{
	add_little_endian(b, (uint32_t)crc32_z(0, (const void *)s.p, s.n), 4);
	add_little_endian(b, (uint32_t)s.n, 4);
}

static void add_rest(struct buffer *b, struct span s)
{
	add_deflated(b, s, 6, Z_DEFAULT_STRATEGY);
	add_trailer(b, s);
}

static void add_member(struct buffer *b, struct span s)
{
	add_header(b, 8, 0);
	add_rest(b, s);
}

static void add_member_with(struct buffer *b, struct span s, int flags,
			    struct span fields)
{
	add_header(b, 8, flags);
	buffer_add_span(b, fields);
	add_rest(b, s);
}

/* The two bytes of FHCRC over what stands in B. */
static void add_header_sum(struct buffer *b, unsigned change)
{
	uint32_t crc = (uint32_t)crc32_z(0, (const void *)b->p, b->n);

	add_little_endian(b, crc ^ change, 2);
}

static void add_zeros(struct buffer *b, size_t n)
{
	memset(buffer_room(b, n), 0, n);
	b->n += n;
}

static void wrap(struct buffer *b)
{
	struct buffer inner = *b;

	*b = (struct buffer){0};
	add_member(b, buffer_span(&inner));
	buffer_free(&inner);
}

static void change(struct buffer *b, size_t from_end)
{
	b->p[b->n - from_end] ^= 0x55;
}

static void one(struct buffer *b) { add_member(b, SPAN(A)); }

static void two(struct buffer *b)
{
	one(b);
	add_member(b, SPAN(B));
}

static void a_thousand(struct buffer *b)
{
	add_member(b, SPAN("{"));
	for (int i = 0; i < 999; i++)
		add_member(b, SPAN("}"));
}

static void empty_first(struct buffer *b)
{
	add_member(b, SPAN(""));
	one(b);
}

static void empty_last(struct buffer *b)
{
	one(b);
	add_member(b, SPAN(""));
}

static void empty_only(struct buffer *b) { add_member(b, SPAN("")); }

static void stored(struct buffer *b)
{
	add_header(b, 8, 0);
	add_deflated(b, SPAN(A), 0, Z_DEFAULT_STRATEGY);
	add_trailer(b, SPAN(A));
}

static void fixed_codes(struct buffer *b)
{
	add_header(b, 8, 0);
	add_deflated(b, SPAN(A), 9, Z_FIXED);
	add_trailer(b, SPAN(A));
}

static void with_name(struct buffer *b)
{
	add_member_with(b, SPAN(A), 8, SPAN("../\x1b[2J\n-x\0"));
}

static void with_comment(struct buffer *b)
{
	add_member_with(b, SPAN(A), 16, SPAN("\x80 \xff\0"));
}

static void with_extra(struct buffer *b)
{
	add_member_with(b, SPAN(A), 4, SPAN("\5\0ab\1\0z"));
}

static void with_empty_fields(struct buffer *b)
{
	add_member_with(b, SPAN(A), 4 | 8 | 16, SPAN("\0\0\0\0"));
}

static void with_text_flag(struct buffer *b)
{
	add_member_with(b, SPAN(A), 1, SPAN(""));
}

static void with_header_sum(struct buffer *b)
{
	add_header(b, 8, 2);
	add_header_sum(b, 0);
	add_rest(b, SPAN(A));
}

static void with_all_fields(struct buffer *b)
{
	add_header(b, 8, 2 | 4 | 8 | 16);
	buffer_add(b, "\2\0xyname\0comment\0", 17);
	add_header_sum(b, 0);
	add_rest(b, SPAN(A));
}

static void blocked(struct buffer *b)
{
	add_member_with(b, SPAN(A), 4, SPAN("\6\0BC\2\0\x40\0"));
	add_member_with(b, SPAN(B), 4, SPAN("\6\0BC\2\0\x40\0"));
	add_member_with(b, SPAN(""), 4, SPAN("\6\0BC\2\0\x1b\0"));
}

static void bad_header_sum(struct buffer *b)
{
	add_header(b, 8, 2);
	add_header_sum(b, 0x101);
	add_rest(b, SPAN(A));
}

static void reserved_flag(struct buffer *b)
{
	add_member_with(b, SPAN(A), 0x20, SPAN(""));
}

static void method_seven(struct buffer *b)
{
	add_header(b, 7, 0);
	add_rest(b, SPAN(A));
}

static void bad_crc(struct buffer *b)
{
	one(b);
	change(b, 8);
}

static void bad_length(struct buffer *b)
{
	one(b);
	change(b, 4);
}

static void zeros_behind(struct buffer *b)
{
	one(b);
	add_zeros(b, 700);
}

static void garbage_behind(struct buffer *b)
{
	one(b);
	buffer_add_text(b, "trailing");
}

static void zeros_and_garbage(struct buffer *b)
{
	zeros_behind(b);
	buffer_add_text(b, "trailing");
}

static void zeros_between(struct buffer *b)
{
	zeros_behind(b);
	add_member(b, SPAN(B));
}

static void half_magic_behind(struct buffer *b)
{
	one(b);
	buffer_add(b, "\x1f", 1);
}

static void magic_like_behind(struct buffer *b)
{
	one(b);
	buffer_add(b, "\x1f\x8c\x08", 3);
}

static void bad_second_header(struct buffer *b)
{
	one(b);
	buffer_add(b, "\x1f\x8b\x07zzzzzzz", 10);
}

static void cut_second_header(struct buffer *b)
{
	one(b);
	buffer_add(b, "\x1f\x8b\x08", 3);
}

static void bad_second_crc(struct buffer *b)
{
	two(b);
	change(b, 8);
}

static void bad_first_crc(struct buffer *b)
{
	one(b);
	change(b, 8);
	add_member(b, SPAN(B));
}

static void bad_crc_and_garbage(struct buffer *b)
{
	bad_crc(b);
	buffer_add_text(b, "trailing");
}

static void two_bad_crcs(struct buffer *b)
{
	bad_first_crc(b);
	change(b, 8);
}

/* A block of type 3 does not exist. */
static void bad_second_data(struct buffer *b)
{
	one(b);
	add_header(b, 8, 0);
	buffer_add_byte(b, 7);
	buffer_add(b, "12345678", 8);
}

/* A member whose data are these bits, in the order of the stream. */
static void add_bits(struct buffer *b, const char *bits)
{
	unsigned byte = 0, n = 0;

	add_header(b, 8, 0);
	for (; *bits; bits++) {
		if (*bits == ' ')
			continue;
		byte |= (unsigned)(*bits - '0') << n;
		if (++n == 8) {
			buffer_add_byte(b, (char)byte);
			byte = n = 0;
		}
	}
	if (n > 0)
		buffer_add_byte(b, (char)byte);
}

/* Final block, fixed codes, `{`, three bytes from 24577 before. */
static void copy_from_nowhere(struct buffer *b)
{
	add_bits(b, "1 10 10101011 0000001 11101 0000000000000");
	add_zeros(b, 16);
}

/* Final block, fixed codes, `{`, 286, which stands for nothing. */
static void unknown_code(struct buffer *b)
{
	add_bits(b, "1 10 10101011 11000110");
	add_zeros(b, 16);
}

static void cut_magic(struct buffer *b) { buffer_add(b, "\x1f\x8b", 2); }

static void cut_header(struct buffer *b) { add_header(b, 8, 8); }

static void cut_data(struct buffer *b)
{
	stored(b);
	b->n -= 8 + 10;
}

static void cut_trailer(struct buffer *b)
{
	one(b);
	b->n -= 3;
}

static void nothing(struct buffer *b) { buffer_clear(b); }

static void spaces(struct buffer *b) { buffer_add_text(b, " \r\n\t\n"); }

static void zlib_stream(struct buffer *b)
{
	uLong n = compressBound(LEN(A));

	assert_int_equal(compress((void *)buffer_room(b, n), &n,
				  (const void *)A, LEN(A)), Z_OK);
	b->n = n;
}

static void raw_deflate(struct buffer *b)
{
	add_deflated(b, SPAN(A), 6, Z_DEFAULT_STRATEGY);
}

static void zip_archive(struct buffer *b)
{
	buffer_add(b, "PK\3\4\x14\0\0\0\10\0", 10);
}

static void zstd_frame(struct buffer *b)
{
	buffer_add(b, "\x28\xb5\x2f\xfd\x04\x58", 6);
}

static void plain(struct buffer *b) { buffer_add_text(b, A); }

static void plain_bom(struct buffer *b)
{
	buffer_add_text(b, "\xef\xbb\xbf\r\n" A "\r\n");
}

static void plain_text(struct buffer *b)
{
	buffer_add_text(b, "no bracket, {no} log");
}

static void twice(struct buffer *b)
{
	one(b);
	wrap(b);
}

static void thrice(struct buffer *b)
{
	twice(b);
	wrap(b);
}

static void twice_bad_inside(struct buffer *b)
{
	bad_crc(b);
	wrap(b);
}

static void twice_bad_outside(struct buffer *b)
{
	twice(b);
	change(b, 8);
}

/* What is damaged stands behind the whole of what is inside. */
static void twice_bad_behind(struct buffer *b)
{
	garbage_behind(b);
	wrap(b);
	change(b, 8);
}

static void twice_cut_outside(struct buffer *b)
{
	zeros_behind(b);
	wrap(b);
	b->n -= 12;
}

static void twice_garbage_inside(struct buffer *b)
{
	garbage_behind(b);
	wrap(b);
}

static void wide_inside(struct buffer *b)
{
	add_member(b, SPAN("\xff\xfe{\0\"\0"));
}

static void text_inside(struct buffer *b)
{
	add_member(b, SPAN("version account-id interface-id srcaddr\n"));
}

static void binary_inside(struct buffer *b)
{
	add_member(b, SPAN("\1\2\3\4{\0"));
}

static void first_byte_damaged(struct buffer *b)
{
	add_member(b, SPAN("yrecords\":[{}]}"));
	change(b, 8);
}

#define SOUND INFLATE_END, INFLATE_SOUND, INFLATE_HELD
#define SKIP(check) INFLATE_SKIPPED, INFLATE_SOUND, INFLATE_##check
#define BAD(fault, check) INFLATE_FAULT, INFLATE_##fault, INFLATE_##check

static const struct kind {
	const char *name;
	void (*make)(struct buffer *);
	const char *content;    /* NULL: not compared */
	enum inflate_state state;
	enum inflate_fault fault;
	enum inflate_check check;
	unsigned layers;
	unsigned members;
	enum sniff_kind kind;
	const char *says;       /* in error or warning; NULL: nothing */
} kinds[] = {
	{"one member", one, A, SOUND, 1, 1, SNIFF_JSON, NULL},
	{"two members", two, A B, SOUND, 1, 2, SNIFF_JSON, NULL},
	{"1000 members", a_thousand, NULL, SOUND, 1, 1000, SNIFF_JSON, NULL},
	{"empty first", empty_first, A, SOUND, 1, 2, SNIFF_JSON, NULL},
	{"empty last", empty_last, A, SOUND, 1, 2, SNIFF_JSON, NULL},
	{"empty only", empty_only, "", SKIP(NOT_REACHED), 1, 1, SNIFF_EMPTY,
	 "gzip of an empty file"},
	{"stored", stored, A, SOUND, 1, 1, SNIFF_JSON, NULL},
	{"fixed codes", fixed_codes, A, SOUND, 1, 1, SNIFF_JSON, NULL},
	{"FNAME", with_name, A, SOUND, 1, 1, SNIFF_JSON, NULL},
	{"FCOMMENT", with_comment, A, SOUND, 1, 1, SNIFF_JSON, NULL},
	{"FEXTRA", with_extra, A, SOUND, 1, 1, SNIFF_JSON, NULL},
	{"empty fields", with_empty_fields, A, SOUND, 1, 1, SNIFF_JSON, NULL},
	{"FTEXT", with_text_flag, A, SOUND, 1, 1, SNIFF_JSON, NULL},
	{"FHCRC", with_header_sum, A, SOUND, 1, 1, SNIFF_JSON, NULL},
	{"all fields", with_all_fields, A, SOUND, 1, 1, SNIFF_JSON, NULL},
	{"bgzip", blocked, A B, SOUND, 1, 3, SNIFF_JSON, NULL},
	{"bad FHCRC", bad_header_sum, "", BAD(BAD_HEADER, NOT_REACHED), 1, 1,
	 SNIFF_EMPTY, "header of member 1: its own check sum"},
	{"reserved flag", reserved_flag, "", BAD(BAD_HEADER, NOT_REACHED), 1, 1,
	 SNIFF_EMPTY, "reserved flags"},
	{"method 7", method_seven, "", BAD(BAD_HEADER, NOT_REACHED), 1, 1,
	 SNIFF_EMPTY, "not deflate"},
	{"bad CRC", bad_crc, A, BAD(BAD_SUM, FAILED), 1, 1, SNIFF_JSON,
	 "check sum of member 1 does not hold"},
	{"bad ISIZE", bad_length, A, BAD(BAD_SUM, FAILED), 1, 1, SNIFF_JSON,
	 "length of member 1 does not hold"},
	{"zeros behind", zeros_behind, A, SOUND, 1, 1, SNIFF_JSON, NULL},
	{"garbage behind", garbage_behind, A, SOUND, 1, 1, SNIFF_JSON,
	 "bytes that are no member"},
	{"zeros and garbage", zeros_and_garbage, A, SOUND, 1, 1, SNIFF_JSON,
	 "bytes that are no member"},
	{"zeros between", zeros_between, A B, SOUND, 1, 2, SNIFF_JSON, NULL},
	{"half a magic", half_magic_behind, A, SOUND, 1, 1, SNIFF_JSON,
	 "bytes that are no member"},
	{"almost magic", magic_like_behind, A, SOUND, 1, 1, SNIFF_JSON,
	 "bytes that are no member"},
	{"bad 2nd header", bad_second_header, A, BAD(BAD_HEADER, NOT_REACHED),
	 1, 2, SNIFF_JSON, "bad header of member 2"},
	{"cut 2nd header", cut_second_header, A, BAD(CUT_OFF, NOT_REACHED), 1,
	 2, SNIFF_JSON, "the header of member 2 ends too early"},
	{"bad 2nd CRC", bad_second_crc, A B, BAD(BAD_SUM, FAILED), 1, 2,
	 SNIFF_JSON, "check sum of member 2"},
	{"bad 1st CRC", bad_first_crc, A B, BAD(BAD_SUM, FAILED), 1, 2,
	 SNIFF_JSON, "check sum of member 1"},
	{"bad CRC, garbage", bad_crc_and_garbage, A, BAD(BAD_SUM, FAILED), 1, 1,
	 SNIFF_JSON, "check sum of member 1"},
	{"two bad CRCs", two_bad_crcs, A B, BAD(BAD_SUM, FAILED), 1, 2,
	 SNIFF_JSON, "check sum of member 1"},
	{"bad 2nd data", bad_second_data, A, BAD(BAD_DATA, NOT_REACHED), 1, 2,
	 SNIFF_JSON, "impossible block"},
	{"copy from nowhere", copy_from_nowhere, "{",
	 BAD(BAD_DATA, NOT_REACHED), 1, 1, SNIFF_JSON,
	 "copy from before the beginning"},
	{"unknown code", unknown_code, "{", BAD(BAD_DATA, NOT_REACHED), 1, 1,
	 SNIFF_JSON, "unknown code"},
	{"cut magic", cut_magic, "", BAD(CUT_OFF, NOT_REACHED), 1, 1,
	 SNIFF_EMPTY, "the header of member 1 ends too early"},
	{"cut header", cut_header, "", BAD(CUT_OFF, NOT_REACHED), 1, 1,
	 SNIFF_EMPTY, "the header of member 1 ends too early"},
	{"cut data", cut_data, "{\"Records\":[{\"eventName\":\"ExportCerti",
	 BAD(CUT_OFF, NOT_REACHED), 1, 1, SNIFF_JSON,
	 "the data of member 1 ends too early"},
	{"cut trailer", cut_trailer, A, BAD(CUT_OFF, NOT_REACHED), 1, 1,
	 SNIFF_JSON, "the check sum of member 1 ends too early"},
	{"nothing", nothing, "", SKIP(NO_CHECK), 0, 0, SNIFF_EMPTY,
	 "an empty file"},
	{"white space", spaces, " \r\n\t\n", SKIP(NO_CHECK), 0, 0, SNIFF_BLANK,
	 "nothing but white space"},
	{"zlib", zlib_stream, "", SKIP(NO_CHECK), 0, 0, SNIFF_ZLIB,
	 "a zlib stream"},
	{"raw deflate", raw_deflate, "", SKIP(NO_CHECK), 0, 0, SNIFF_BINARY,
	 "binary data"},
	{"zip", zip_archive, "", SKIP(NO_CHECK), 0, 0, SNIFF_ZIP,
	 "a zip archive"},
	{"zstd", zstd_frame, "", SKIP(NO_CHECK), 0, 0, SNIFF_ZSTD, "zstd"},
	{"plain", plain, A, INFLATE_END, INFLATE_SOUND, INFLATE_NO_CHECK, 0, 0,
	 SNIFF_JSON, NULL},
	{"plain, BOM, CRLF", plain_bom, "\xef\xbb\xbf\r\n" A "\r\n",
	 INFLATE_END, INFLATE_SOUND, INFLATE_NO_CHECK, 0, 0, SNIFF_JSON, NULL},
	{"plain text", plain_text, "", SKIP(NO_CHECK), 0, 0, SNIFF_TEXT,
	 "text that is not JSON"},
	{"twice", twice, A, SOUND, 2, 1, SNIFF_JSON, NULL},
	{"thrice", thrice, "", BAD(LAYERS, NOT_REACHED), 2, 1, SNIFF_UNDECIDED,
	 "gzip inside gzip inside gzip"},
	{"twice, bad inside", twice_bad_inside, A, BAD(BAD_SUM, FAILED), 2, 1,
	 SNIFF_JSON, "inside gzip, gzip: check sum"},
	{"twice, bad outside", twice_bad_outside, A, BAD(BAD_SUM, FAILED), 2, 1,
	 SNIFF_JSON, "gzip: check sum"},
	{"twice, cut outside", twice_cut_outside, A, BAD(CUT_OFF, NOT_REACHED),
	 2, 1, SNIFF_JSON, "gzip: cut off"},
	{"twice, garbage inside", twice_garbage_inside, A, SOUND, 2, 1,
	 SNIFF_JSON, "bytes that are no member"},
	{"twice, garbage inside, bad outside", twice_bad_behind, A,
	 BAD(BAD_SUM, FAILED), 2, 1, SNIFF_JSON, "gzip: check sum"},
	{"UTF-16 inside", wide_inside, "", SKIP(NOT_REACHED), 1, 1, SNIFF_UTF16,
	 "gzip of text in UTF-16"},
	{"text inside", text_inside, "", SKIP(NOT_REACHED), 1, 1, SNIFF_TEXT,
	 "gzip of text that is not JSON"},
	{"binary inside", binary_inside, "", SKIP(NOT_REACHED), 1, 1,
	 SNIFF_BINARY, "gzip of binary data"},
	{"first byte damaged", first_byte_damaged, "yrecords\":[{}]}",
	 BAD(BAD_SUM, FAILED), 1, 1, SNIFF_TEXT, "check sum of member 1"},
};

#endif
