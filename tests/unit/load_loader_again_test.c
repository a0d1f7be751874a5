/* What is read again is told as it is now: nothing twice, nothing that was there
 * before lost while it stands, and nothing told of what is mended. */
#define _DEFAULT_SOURCE
#include "load_again_support.h"

#include <sys/stat.h>

/* A file, and how it is when it is read again. */
static const struct {
	const char *what, *before, *told, *after, *told_after;
} rows[] = {
	{"grown", EV("A", "1"), "A", EV("A", "1") EV("B", "2"), "A B"},
	{"grown, without eventIDs", NO_ID("A") NO_ID("A"), "A A",
	 NO_ID("A") NO_ID("A") NO_ID("B"), "A A B"},
	{"written to the end of its last line",
	 EV("A", "1") "{\"eventID\":\"2\",\"eventName\":\"B\"," TIME ",\"x\":",
	 "A B! 1p",
	 EV("A", "1") "{\"eventID\":\"2\",\"eventName\":\"B\"," TIME ",\"x\":1}",
	 "A B"},
	{"closed behind its last value",
	 "{\"eventID\":\"2\",\"eventName\":\"B\"," TIME ",\"x\":1", "B! 1p",
	 "{\"eventID\":\"2\",\"eventName\":\"B\"," TIME ",\"x\":1}", "B"},
	{"another of the same size", EV("A", "1"), "A", EV("B", "2"), "B"},
	{"only touched", EV("A", "1") NO_ID("B"), "A B",
	 EV("A", "1") NO_ID("B"), "A B"},
	{"newest first", EV("A", "1") NO_ID("B"), "A B",
	 EV("C", "2") EV("A", "1") NO_ID("B"), "C A B"},
	{"another event in the midst", EV("A", "1") EV("B", "2") EV("C", "3"),
	 "A B C", EV("A", "1") EV("D", "4") EV("C", "3"), "A D C"},
	{"shorter", EV("A", "1") EV("B", "2"), "A B", EV("A", "1"), "A"},
	{"emptied", EV("A", "1"), "A", "", ""},
	{"empty at first", "", "", EV("A", "1"), "A"},
	{"another encoding at first", "\xff\xfe{\0", "", EV("A", "1"), "A"},
	{"no events at first", "{\"a\":1}\n", "", "{\"a\":1}\n" EV("A", "1"),
	 "A 1p"},
	{"mended", EV("A", "1") "{\"eventName\":\"B\" \"\n", "A 3p",
	 EV("A", "1") EV("B", "2"), "A B"},
	{"with a duplicate of its own", EV("A", "1") EV("A", "1"), "A 1d",
	 EV("A", "1") EV("A", "1") EV("B", "2"), "A B 1d"},
	{"a conflict less", EV("A", "1") EV("B", "1"), "A B 2c",
	 EV("A", "1"), "A"},
};

static void a_file_is_told_as_it_is_now(void **state)
{
	const char *paths[] = {one};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct load l;
		char *told, *after;
		uint64_t n;

		put(one, span_of(rows[i].before));
		l = load(paths, 1);
		told = tell(&l);
		assert_int_equal(again(&l), 0);
		put(one, span_of(rows[i].after));
		n = again(&l);
		after = tell(&l);
		if (strcmp(told, rows[i].told) != 0 || n != 1 ||
		    strcmp(after, rows[i].told_after) != 0)
			fail_msg("%s: %s, then %s", rows[i].what, told,
				 after);
		assert_int_equal(store_file_count(l.store), 1);
		assert_int_equal(again(&l), 0);
		free(told);
		free(after);
		load_end(&l);
	}
	unlink(one);
}

/* What kept an event from being shown, or made it a conflict, may go. */
static void other_files_events_are_judged_anew(void **state)
{
	static const struct {
		const char *before, *beside, *told, *after, *told_after;
	} twins[] = {
		{EV("A", "1"), EV("A", "1"), "A 1d", EV("B", "2"), "B A"},
		{EV("A", "1"), EV("B", "1"), "A B 2c", EV("B", "1"), "B 1d"},
		{EV("A", "1"), EV("B", "1"), "A B 2c", EV("C", "2"), "C B"},
		{EV("A", "1"), EV("B", "2"), "A B", EV("C", "2"), "C B 2c"},
	};
	const char *paths[] = {one, other};

	(void)state;
	for (size_t i = 0; i < COUNT(twins); i++) {
		struct load l;

		put(one, span_of(twins[i].before));
		put(other, span_of(twins[i].beside));
		l = load(paths, 2);
		check_told(&l, twins[i].told);
		put(one, span_of(twins[i].after));
		assert_int_equal(again(&l), 1);
		check_told(&l, twins[i].told_after);
		load_end(&l);
	}
	unlink(one);
	unlink(other);
}

enum { FILES = 5, CHANGES = 6 };

/* Events some of which others tell too, here or in another file. */
static void add_events(struct buffer *text, size_t count, uint64_t *seed)
{
	for (size_t i = 0; i < count; i++) {
		unsigned id = (unsigned)(next_random(seed) % 12);

		buffer_printf(text, "{\"eventName\":\"N%u\"," TIME ",\"e%s"
			      "\":\"%u\"}\n", (unsigned)(next_random(seed) % 3),
			      id ? "ventID" : "", id);
	}
}

static void change_file(struct buffer *text, uint64_t *seed)
{
	size_t at = text->n ? next_random(seed) % text->n : 0;
	struct buffer was = *text;

	switch (next_random(seed) % 5) {
	case 0:
		text->n = at;
		break;
	case 1:
		add_events(text, 5, seed);
		break;
	case 2:
		*text = (struct buffer){0};
		add_events(text, 3, seed);
		buffer_add_span(text, buffer_span(&was));
		buffer_free(&was);
		break;
	case 3:
		if (text->n > 0)
			damage_any(text, seed);
		break;
	default:
		break;
	}
}

/* However files change, what is told in the end is what a new start tells. */
static void reading_again_tells_what_a_new_start_does(void **state)
{
	size_t rounds = getenv("ACMTUI_LONG") ? 1000 : 60;
	char room[FILES][64];
	const char *paths[FILES];
	uint64_t seed = 7;

	(void)state;
	for (size_t i = 0; i < FILES; i++) {
		snprintf(room[i], sizeof room[i], "%s/%zu.json", top, i);
		paths[i] = room[i];
	}
	for (size_t round = 0; round < rounds; round++) {
		struct buffer text[FILES] = {{0}};
		struct load l;

		for (size_t i = 0; i < FILES; i++) {
			add_events(&text[i], 20, &seed);
			put(paths[i], buffer_span(&text[i]));
		}
		l = load_start(paths, FILES, 1 + round % 3);
		loader_wait(l.loader);
		for (size_t change = 0; change < CHANGES; change++) {
			struct load fresh;
			char *told, *want;

			for (size_t some = round % 4; some < 4; some++) {
				size_t i = next_random(&seed) % FILES;

				change_file(&text[i], &seed);
				put(paths[i], buffer_span(&text[i]));
			}
			if (next_random(&seed) % 2) {
				loader_again(l.loader);
				loader_stop(l.loader);
				loader_wait(l.loader);
			}
			again(&l);
			fresh = load(paths, FILES);
			told = tell_store(l.store);
			want = tell_store(fresh.store);
			assert_string_equal(told, want);
			check_rows(&l);
			free(told);
			free(want);
			load_end(&fresh);
		}
		load_end(&l);
		for (size_t i = 0; i < FILES; i++) {
			buffer_free(&text[i]);
			unlink(paths[i]);
		}
	}
}

/* Another reading tells it elsewhere in its file. */
static void an_event_is_found_where_it_is_now(void **state)
{
	const char *paths[] = {one};
	struct store_event e = STORE_NO_EVENT, kept;
	struct load l;

	(void)state;
	put(one, span_of(EV("A", "1") EV("B", "2")));
	l = load(paths, 1);
	assert_true(store_next(l.store, &e));
	assert_true(store_same_event(store_kept(l.store, e), e));
	put(one, span_of(EV("C", "3") EV("A", "1")));
	again(&l);
	assert_true(store_dropped(l.store, e));
	kept = store_kept(l.store, e);
	assert_false(store_dropped(l.store, kept));
	assert_int_equal(segment_event(store_segment(l.store, kept.segment),
				       kept.index)->record, 1);
	e.index++;
	assert_true(store_dropped(l.store, e));
	assert_true(store_same_event(store_kept(l.store, e), e));
	load_end(&l);
	unlink(one);
}

/* The same again and again: its problem is told once, until it can be read. */
static void what_cannot_be_read_is_told_once(void **state)
{
	const char *paths[] = {one};
	struct load l;

	(void)state;
	put(one, span_of(EV("A", "1")));
	assert_int_equal(chmod(one, 0), 0);
	l = load(paths, 1);
	check_told(&l, " 1p");
	for (int i = 0; i < 3; i++) {
		assert_int_equal(again(&l), 0);
		check_told(&l, " 1p");
		assert_int_equal(store_file_count(l.store), 1);
	}
	assert_int_equal(chmod(one, 0600), 0);
	assert_int_equal(again(&l), 1);
	check_told(&l, "A");
	assert_int_equal(store_file(l.store, 0).state, STORE_FILE_LOADED);
	/* What was read stays when the file cannot be read any more. */
	put(one, span_of(EV("B", "2")));
	assert_int_equal(chmod(one, 0), 0);
	assert_int_equal(again(&l), 1);
	assert_int_equal(again(&l), 0);
	check_told(&l, "A 1p");
	assert_int_equal(store_file(l.store, 0).state, STORE_FILE_PARTLY);
	assert_int_equal(store_file(l.store, 0).events, 1);
	load_end(&l);
	unlink(one);
}

static void a_folder_that_can_be_listed_now_is_no_problem(void **state)
{
	const char *paths[] = {top};
	char folder[64], file[80];
	struct load l;

	(void)state;
	snprintf(folder, sizeof folder, "%s/d", top);
	snprintf(file, sizeof file, "%s/a.json", folder);
	assert_int_equal(mkdir(folder, 0700), 0);
	put(file, span_of(EV("A", "1")));
	assert_int_equal(chmod(folder, 0), 0);
	l = load(paths, 1);
	check_told(&l, " 1p");
	again(&l);
	check_told(&l, " 1p");
	assert_int_equal(chmod(folder, 0700), 0);
	again(&l);
	check_told(&l, "A");
	assert_int_equal(chmod(folder, 0), 0);
	again(&l);
	check_told(&l, "A 1p");
	assert_int_equal(store_file_count(l.store), 2);
	load_end(&l);
	chmod(folder, 0700);
	unlink(file);
	rmdir(folder);
}

/* A name that is given twice is two files. */
static void the_same_file_twice_is_two(void **state)
{
	const char *paths[] = {one, one};
	struct load l;

	(void)state;
	put(one, span_of(NO_ID("A")));
	l = load(paths, 2);
	check_told(&l, "A A");
	assert_int_equal(again(&l), 0);
	put(one, span_of(NO_ID("A") NO_ID("B")));
	assert_int_equal(again(&l), 2);
	check_told(&l, "A B A B");
	assert_int_equal(store_file_count(l.store), 2);
	load_end(&l);
	unlink(one);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_told_as_it_is_now),
		cmocka_unit_test(other_files_events_are_judged_anew),
		cmocka_unit_test(reading_again_tells_what_a_new_start_does),
		cmocka_unit_test(an_event_is_found_where_it_is_now),
		cmocka_unit_test(what_cannot_be_read_is_told_once),
		cmocka_unit_test(a_folder_that_can_be_listed_now_is_no_problem),
		cmocka_unit_test(the_same_file_twice_is_two),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
