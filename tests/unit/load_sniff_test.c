/* What the first bytes of a file say, and that more of them say the same. */
#include "load/sniff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct row {
	struct span head;
	enum sniff_kind whole;  /* when this is all */
	enum sniff_kind more;   /* when more may come */
};

#define HEAD(text) {(text), sizeof(text) - 1}
#define LONG "0123456789012345678901234567890123456789012345678901234567890123"
#define LONGER LONG LONG LONG LONG LONG LONG LONG LONG

static const struct row rows[] = {
	{HEAD(""), SNIFF_EMPTY, SNIFF_UNDECIDED},
	{HEAD("{"), SNIFF_JSON, SNIFF_UNDECIDED},
	{HEAD("{\"a\""), SNIFF_JSON, SNIFF_JSON},
	{HEAD("[1,2"), SNIFF_JSON, SNIFF_JSON},
	{HEAD(" \t\r\n[{}]"), SNIFF_JSON, SNIFF_JSON},
	{HEAD("\xef\xbb\xbf{}"), SNIFF_JSON, SNIFF_JSON},
	{HEAD("\xef\xbb\xbf\r\n\r\n["), SNIFF_JSON, SNIFF_JSON},
	{HEAD("{Records: [{}]}"), SNIFF_JSON, SNIFF_JSON},
	{HEAD("[ 2016-03-18 log line"), SNIFF_JSON, SNIFF_JSON},
	{HEAD(" "), SNIFF_BLANK, SNIFF_UNDECIDED},
	{HEAD(" \n\t\r "), SNIFF_BLANK, SNIFF_BLANK},
	{HEAD("\xef\xbb\xbf"), SNIFF_BLANK, SNIFF_UNDECIDED},
	{HEAD("\xef\xbb\xbf "), SNIFF_BLANK, SNIFF_BLANK},
	{HEAD("\x1f"), SNIFF_BINARY, SNIFF_UNDECIDED},
	{HEAD("\x1f\x8b"), SNIFF_GZIP, SNIFF_UNDECIDED},
	{HEAD("\x1f\x8b\x08\x00"), SNIFF_GZIP, SNIFF_GZIP},
	{HEAD("\x1f\x8b\x07zzz"), SNIFF_GZIP, SNIFF_GZIP},
	{HEAD("\x1f\x9d\x90zzz"), SNIFF_BINARY, SNIFF_UNDECIDED},
	{HEAD("PK\3\4\24\0"), SNIFF_ZIP, SNIFF_ZIP},
	{HEAD("PK\5\6\0\0"), SNIFF_ZIP, SNIFF_ZIP},
	{HEAD("PK\7\10PK"), SNIFF_ZIP, SNIFF_ZIP},
	{HEAD("PKCS text"), SNIFF_TEXT, SNIFF_UNDECIDED},
	{HEAD("\x28\xb5\x2f\xfd\x04"), SNIFF_ZSTD, SNIFF_ZSTD},
	{HEAD("BZh91AY&SY"), SNIFF_BZIP2, SNIFF_BZIP2},
	{HEAD("\xfd" "7zXZ\0"), SNIFF_XZ, SNIFF_XZ},
	{HEAD("\x04\x22\x4d\x18"), SNIFF_LZ4, SNIFF_LZ4},
	{HEAD("7z\xbc\xaf\x27\x1c"), SNIFF_SEVEN_ZIP, SNIFF_SEVEN_ZIP},
	{HEAD("PAR1\x15\x04"), SNIFF_PARQUET, SNIFF_PARQUET},
	{HEAD("\x78\x9c\x03\x00\x00"), SNIFF_ZLIB, SNIFF_UNDECIDED},
	{HEAD("\x78\xda\x01\x02\x03"), SNIFF_ZLIB, SNIFF_UNDECIDED},
	{HEAD("\x78\x01\x01\x02\x03"), SNIFF_ZLIB, SNIFF_UNDECIDED},
	{HEAD("x^\x01\x02\x03"), SNIFF_ZLIB, SNIFF_UNDECIDED},
	{HEAD("x^2 + y^2"), SNIFF_TEXT, SNIFF_UNDECIDED},
	{HEAD("x\1\2\3"), SNIFF_ZLIB, SNIFF_UNDECIDED},
	{HEAD("xz\1\2\3"), SNIFF_BINARY, SNIFF_UNDECIDED},
	{HEAD("\xff\xfe{\0"), SNIFF_UTF16, SNIFF_UTF16},
	{HEAD("\xfe\xff\0{"), SNIFF_UTF16, SNIFF_UTF16},
	{HEAD("\xff\xfe\0\0{\0\0\0"), SNIFF_UTF32, SNIFF_UTF32},
	{HEAD("\0\0\xfe\xff\0\0\0{"), SNIFF_UTF32, SNIFF_UTF32},
	{HEAD("{\0\"\0"), SNIFF_UTF16, SNIFF_UTF16},
	{HEAD("\0[\0{"), SNIFF_UTF16, SNIFF_UTF16},
	{HEAD("\r\0\n\0"), SNIFF_UTF16, SNIFF_UTF16},
	{HEAD("[\0\0\0{\0\0\0"), SNIFF_UTF32, SNIFF_UTF32},
	{HEAD("\0\0\0{"), SNIFF_UTF32, SNIFF_UTF32},
	{HEAD("\0\0\1\272"), SNIFF_BINARY, SNIFF_UNDECIDED},
	{HEAD("\0a\0b"), SNIFF_BINARY, SNIFF_UNDECIDED},
	{HEAD("\0{zz"), SNIFF_BINARY, SNIFF_UNDECIDED},
	{HEAD("\177ELF\2\1\1\0"), SNIFF_BINARY, SNIFF_UNDECIDED},
	{HEAD("plain words"), SNIFF_TEXT, SNIFF_UNDECIDED},
	{HEAD("// a comment\n{}"), SNIFF_TEXT, SNIFF_UNDECIDED},
	{HEAD("\"a string\""), SNIFF_TEXT, SNIFF_UNDECIDED},
	{HEAD("\x1b[31mred\x1b[0m\a"), SNIFF_TEXT, SNIFF_UNDECIDED},
	{HEAD("caf\xe9"), SNIFF_TEXT, SNIFF_UNDECIDED},
	{HEAD(LONGER), SNIFF_TEXT, SNIFF_TEXT},
	{HEAD("\1" LONGER), SNIFF_BINARY, SNIFF_BINARY},
	{HEAD(LONGER "\1"), SNIFF_TEXT, SNIFF_TEXT},
	{HEAD("    \n" LONGER), SNIFF_TEXT, SNIFF_TEXT},
	{HEAD("\n" LONG), SNIFF_TEXT, SNIFF_UNDECIDED},
};
#define ROWS (sizeof rows / sizeof *rows)

static void the_first_bytes_tell_the_kind(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS; i++) {
		enum sniff_kind whole = sniff_bytes(rows[i].head, true);
		enum sniff_kind more = sniff_bytes(rows[i].head, false);

		if (whole != rows[i].whole || more != rows[i].more)
			fail_msg("row %zu: %s, %s", i, sniff_name(whole),
				 sniff_name(more));
	}
}

static void a_verdict_stands_whatever_follows(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS; i++) {
		enum sniff_kind before = SNIFF_UNDECIDED;

		for (size_t n = 0; n <= rows[i].head.n; n++) {
			struct span head = {rows[i].head.p, n};
			enum sniff_kind now = sniff_bytes(head, false);

			if (before != SNIFF_UNDECIDED &&
			    before != SNIFF_BLANK && now != before)
				fail_msg("row %zu at %zu: %s, then %s", i, n,
					 sniff_name(before), sniff_name(now));
			before = now;
		}
	}
}

static void a_tar_archive_is_told_by_its_header(void **state)
{
	char head[600] = "AWSLogs/123456789012/";

	(void)state;
	memcpy(head + 257, "ustar", 5);
	assert_int_equal(sniff_bytes((struct span){head, 600}, false),
			 SNIFF_TAR);
	assert_int_equal(sniff_bytes((struct span){head, 262}, true),
			 SNIFF_TAR);
	assert_int_equal(sniff_bytes((struct span){head, 261}, true),
			 SNIFF_BINARY);
	assert_int_equal(sniff_bytes((struct span){head, 511}, false),
			 SNIFF_UNDECIDED);
}

static void behind_white_space_no_magic_counts(void **state)
{
	static const struct row after[] = {
		{HEAD(""), SNIFF_BLANK, SNIFF_BLANK},
		{HEAD("  "), SNIFF_BLANK, SNIFF_BLANK},
		{HEAD("  {"), SNIFF_JSON, SNIFF_JSON},
		{HEAD("\x1f\x8b\x08"), SNIFF_BINARY, SNIFF_UNDECIDED},
		{HEAD("PK\3\4"), SNIFF_BINARY, SNIFF_UNDECIDED},
		{HEAD("\xef\xbb\xbf{"), SNIFF_TEXT, SNIFF_UNDECIDED},
		{HEAD(" " LONGER), SNIFF_TEXT, SNIFF_TEXT},
	};

	(void)state;
	for (size_t i = 0; i < sizeof after / sizeof *after; i++) {
		assert_int_equal(sniff_after_blank(after[i].head, true),
				 after[i].whole);
		assert_int_equal(sniff_after_blank(after[i].head, false),
				 after[i].more);
	}
	assert_int_equal(sniff_blanks((struct span)HEAD("")), 0);
	assert_int_equal(sniff_blanks((struct span)HEAD(" \t\r\nx ")), 4);
	assert_int_equal(sniff_blanks((struct span)HEAD("\v ")), 0);
}

static void every_kind_has_a_name_of_its_own(void **state)
{
	(void)state;
	for (int a = SNIFF_UNDECIDED; a <= SNIFF_TEXT; a++) {
		assert_string_not_equal(sniff_name(a), "unknown");
		for (int b = SNIFF_UNDECIDED; b < a; b++)
			assert_string_not_equal(sniff_name(a), sniff_name(b));
	}
}

static void what_can_be_made_readable_has_a_command(void **state)
{
	static const enum sniff_kind with[] = {
		SNIFF_UTF16, SNIFF_UTF32, SNIFF_ZSTD, SNIFF_BZIP2, SNIFF_XZ,
		SNIFF_LZ4,
	};
	static const enum sniff_kind archives[] = {
		SNIFF_ZIP, SNIFF_SEVEN_ZIP, SNIFF_TAR,
	};

	(void)state;
	for (size_t i = 0; i < sizeof with / sizeof *with; i++)
		assert_non_null(sniff_command(with[i]));
	for (size_t i = 0; i < sizeof archives / sizeof *archives; i++) {
		assert_null(sniff_command(archives[i]));
		assert_non_null(strstr(sniff_name(archives[i]), "unpack"));
	}
	assert_null(sniff_command(SNIFF_BINARY));
	assert_null(sniff_command(SNIFF_EMPTY));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_bytes_tell_the_kind),
		cmocka_unit_test(a_verdict_stands_whatever_follows),
		cmocka_unit_test(a_tar_archive_is_told_by_its_header),
		cmocka_unit_test(behind_white_space_no_magic_counts),
		cmocka_unit_test(every_kind_has_a_name_of_its_own),
		cmocka_unit_test(what_can_be_made_readable_has_a_command),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
