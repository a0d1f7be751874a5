/* Marks and notes by eventID, whatever the order in which they come. */
#include "base/memory.h"
#include "store/notes.h"
#include "write/notes_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void assert_note(struct notes *n, const char *id, const char *text)
{
	struct buffer out = {0};

	assert_int_equal(notes_text(n, span_of(id), &out), text != NULL);
	assert_string_equal(buffer_text(&out), text ? text : "");
	buffer_free(&out);
}

static void many_are_told_apart(void **state)
{
	struct notes *n = notes_new();
	size_t marked, noted;
	char id[16];

	(void)state;
	for (int i = 0; i < 1000; i++) {
		snprintf(id, sizeof id, "id-%d", i);
		notes_mark(n, span_of(id), i % 2 == 0, i);
		if (i % 10 == 0)
			notes_write(n, span_of(id), span_of(id), i);
	}
	for (int i = 0; i < 1000; i++) {
		snprintf(id, sizeof id, "id-%d", i);
		assert_int_equal(notes_marked(n, span_of(id)), i % 2 == 0);
		assert_note(n, id, i % 10 == 0 ? id : NULL);
	}
	notes_count(n, &marked, &noted);
	assert_int_equal(marked, 500);
	assert_int_equal(noted, 100);
	assert_false(notes_marked(n, SPAN("other")));
	assert_false(notes_marked(n, (struct span){NULL, 0}));
	notes_free(n);
}

static void what_is_noted_now_is_later_than_all_before(void **state)
{
	struct notes *n = notes_new();

	(void)state;
	assert_int_equal(notes_when(n, 5), 5);
	notes_mark(n, SPAN("a"), true, 100);
	assert_int_equal(notes_when(n, 5), 101);
	assert_int_equal(notes_when(n, 500), 500);
	notes_free(n);
}

/* Lines, and what they say of the event a: marked or not, its note. */
static void for_each_event_the_latest_line_holds(void **state)
{
	static const struct {
		const char *lines;
		size_t bad;
		bool marked;
		const char *note;
	} row[] = {
		{"", 0, false, NULL},
		{"# a remark\n\n", 0, false, NULL},
		{"2026-01-01T00:00:00.000Z\ta\tmark\tDeleteTrail\n", 0, true, NULL},
		{"2026-01-01T00:00:00.000Z\ta\tmark\n", 0, true, NULL},
		{"2026-01-01T00:00:00Z\ta\tnote\tseen\r\n", 0, true, "seen"},
		{"2026-01-01T00:00:00Z\ta\tnote\tno line break", 0, true, "no line break"},
		{"2026-01-01T00:00:00Z\ta\tnote\tone\\ttwo\\nthree\\\\n\n", 0, true,
		 "one\ttwo\nthree\\n"},
		{"2026-01-01T00:00:00Z\ta\tmark\t\n2026-01-01T00:00:01Z\ta\tunmark\t\n",
		 0, false, NULL},
		{"2026-01-01T00:00:01Z\ta\tunmark\t\n2026-01-01T00:00:00Z\ta\tmark\t\n",
		 0, false, NULL},
		{"2026-01-01T00:00:01Z\ta\tnote\tnew\n2026-01-01T00:00:00Z\ta\tnote\told\n",
		 0, true, "new"},
		{"2026-01-01T00:00:01Z\ta\tnote\tfirst\n2026-01-01T00:00:01Z\ta\tnote\tlast\n",
		 0, true, "last"},
		{"2026-01-01T00:00:00Z\ta\tnote\tx\n2026-01-01T00:00:01Z\ta\tnote\t\n",
		 0, false, NULL},
		{"2026-01-01T00:00:00Z\tb\tmark\t\n", 0, false, NULL},
		{"yesterday\ta\tmark\t\n", 1, false, NULL},
		{"2026-01-01T00:00:00Z\ta\tmarked\t\n", 1, false, NULL},
		{"2026-01-01T00:00:00Z\t\tmark\t\n", 1, false, NULL},
		{"2026-01-01T00:00:00Z a mark\nnonsense\n", 2, false, NULL},
		{"2026-01-01T00:00:00Z\ta\tma", 1, false, NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct notes *n = notes_new();

		assert_int_equal(notes_file_read(span_of(row[i].lines), NULL),
				 row[i].bad);
		assert_int_equal(notes_file_read(span_of(row[i].lines), n),
				 row[i].bad);
		if (notes_marked(n, SPAN("a")) != row[i].marked)
			fail_msg("row %zu", i);
		assert_note(n, "a", row[i].note);
		notes_free(n);
	}
}

static void what_is_written_is_read_again(void **state)
{
	static const char *const texts[] = {
		"plain", "tab\tbreak\nback\\slash\\n", "\xc3\xa4\xe2\x80\x94",
		"# no remark", "2026-01-01T00:00:00Z\tid\tunmark\t",
	};
	static const char name[] = "store_notes_test.notes";
	struct notes_file f;
	struct error err;
	struct stat s;

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct buffer lines = {0};
		struct notes *n = notes_new();

		unlink(name);
		assert_false(notes_file_open(&f, name, false, &err));
		notes_file_close(&f);
		assert_true(notes_file_open(&f, name, true, &err));
		notes_file_add_text(span_of(texts[i]), span_of(texts[i]),
				    INT64_C(1458259105007), &lines);
		assert_true(notes_file_append(&f, buffer_span(&lines), &err));
		notes_file_close(&f);
		assert_true(notes_file_open(&f, name, false, &err));
		assert_true(span_starts(buffer_span(&f.text),
				SPAN("2016-03-17T23:58:25.007Z\t")));
		assert_int_equal(notes_file_read(buffer_span(&f.text), n), 0);
		assert_note(n, texts[i], texts[i]);
		notes_file_close(&f);
		assert_int_equal(stat(name, &s), 0);
		assert_int_equal(s.st_mode & 0777, 0600);
		buffer_free(&lines);
		notes_free(n);
	}
	unlink(name);
}

/* A line that was cut off, as by a full disk, stays; the next begins anew. */
static void a_line_that_was_cut_off_spoils_no_other(void **state)
{
	static const char name[] = "store_notes_test.cut";
	FILE *cut = fopen(name, "w");
	struct notes *n = notes_new();
	struct buffer lines = {0};
	struct notes_file f;
	struct error err;

	(void)state;
	assert_non_null(cut);
	fputs("2026-01-01T00:00:00.000Z\ta\tma", cut);
	fclose(cut);
	assert_true(notes_file_open(&f, name, true, &err));
	notes_file_add_text(SPAN("b"), SPAN("whole"), 0, &lines);
	assert_true(notes_file_append(&f, buffer_span(&lines), &err));
	notes_file_close(&f);
	assert_true(notes_file_open(&f, name, false, &err));
	assert_int_equal(notes_file_read(buffer_span(&f.text), n), 1);
	assert_note(n, "b", "whole");
	notes_file_close(&f);
	buffer_free(&lines);
	notes_free(n);
	unlink(name);
}

static void links_and_what_is_no_file_are_refused(void **state)
{
	static const char name[] = "store_notes_test.link";
	struct notes_file f;
	struct error err;

	(void)state;
	unlink(name);
	assert_int_equal(symlink("store_notes_test.target", name), 0);
	assert_false(notes_file_open(&f, name, true, &err));
	assert_string_equal(err.text, "--notes: a symbolic link");
	notes_file_close(&f);
	assert_int_equal(access("store_notes_test.target", F_OK), -1);
	unlink(name);
	assert_int_equal(mkfifo(name, 0600), 0);
	assert_false(notes_file_open(&f, name, true, &err));
	assert_string_equal(err.text, "--notes: not a regular file");
	notes_file_close(&f);
	unlink(name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(many_are_told_apart),
		cmocka_unit_test(what_is_noted_now_is_later_than_all_before),
		cmocka_unit_test(for_each_event_the_latest_line_holds),
		cmocka_unit_test(what_is_written_is_read_again),
		cmocka_unit_test(a_line_that_was_cut_off_spoils_no_other),
		cmocka_unit_test(links_and_what_is_no_file_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
