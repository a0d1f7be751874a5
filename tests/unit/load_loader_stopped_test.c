/* What was not read, or not to its end, because loading was stopped or the file
 * was cut off, is read when all is read again. */
#define _DEFAULT_SOURCE
#include "platform.h"

#include "load_again_support.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/stat.h>

#ifdef HAVE_ZLIB
#include <zlib.h>
#endif

/* Files that were listed when loading was stopped are read in their places. */
static void what_was_not_read_is_read(void **state)
{
	char pipe[64];
	const char *paths[] = {pipe, one, other};
	struct load l;
	int fd;

	(void)state;
	snprintf(pipe, sizeof pipe, "%s/pipe", top);
	assert_int_equal(mkfifo(pipe, 0600), 0);
	put(one, span_of(EV("A", "1")));
	put(other, span_of(EV("B", "2")));
	l = load_start(paths, 3, 1);
	fd = open(pipe, O_WRONLY);
	while (store_file_count(l.store) < 3)
		sched_yield();
	loader_stop(l.loader);
	loader_wait(l.loader);
	close(fd);
	assert_int_equal(store_file(l.store, 2).state, STORE_FILE_WAITING);
	assert_int_equal(again(&l), 2);
	check_told(&l, "A B");
	assert_int_equal(store_file_count(l.store), 3);
	load_end(&l);
	unlink(one);
	unlink(other);
	unlink(pipe);
}

/* Wherever the new reading of a changed file is stopped, the next tells all. */
static void a_stopped_reading_is_made_good(void **state)
{
	enum { MANY = 30000 };
	const char *paths[] = {one};
	struct buffer text = {0};
	struct store_counts c;
	struct load l;

	(void)state;
	for (int i = 0; i < MANY; i++)
		buffer_printf(&text, "{\"eventName\":\"A\"," TIME
			      ",\"eventID\":\"%d\"}\n", i);
	put(one, buffer_span(&text));
	l = load(paths, 1);
	for (int wait = 0; wait < 400; wait += 40) {
		text.p[14] ^= 2;
		put(one, buffer_span(&text));
		loader_again(l.loader);
		for (int i = 0; i < wait; i++)
			sched_yield();
		loader_stop(l.loader);
		loader_wait(l.loader);
		again(&l);
		store_counts(l.store, &c);
		assert_int_equal(c.events, MANY);
		assert_int_equal(c.duplicates, 0);
		assert_int_equal(c.conflicts, 0);
		assert_int_equal(c.problems, 0);
		assert_int_equal(store_file(l.store, 0).events, MANY);
		check_rows(&l);
	}
	load_end(&l);
	buffer_free(&text);
	unlink(one);
}

#ifdef HAVE_ZLIB
/* COUNT events without eventIDs, the first N bytes of their file; 0: all. */
static void put_packed(size_t count, size_t n)
{
	struct buffer text = {0}, all = {0};
	z_stream z = {0};
	size_t room;

	for (size_t i = 0; i < count; i++)
		buffer_add_text(&text, NO_ID("A"));
	assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8,
				      Z_DEFAULT_STRATEGY), Z_OK);
	room = deflateBound(&z, text.n);
	z.next_in = (unsigned char *)text.p;
	z.avail_in = (unsigned)text.n;
	z.next_out = (unsigned char *)buffer_room(&all, room);
	z.avail_out = (unsigned)room;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	all.n = room - z.avail_out;
	deflateEnd(&z);
	put(one, (struct span){all.p, n ? n : all.n});
	buffer_free(&text);
	buffer_free(&all);
}

/* Inflated it is large, and on the disk read at once. */
static void a_stopped_file_is_read_to_its_end(void **state)
{
	enum { MANY = 600000 };
	const char *paths[] = {one};
	struct store_counts c = {0};
	struct load l;

	(void)state;
	put_packed(MANY, 0);
	l = load_start(paths, 1, 1);
	while (c.events == 0)
		store_counts(l.store, &c);
	loader_stop(l.loader);
	loader_wait(l.loader);
	assert_int_equal(store_file(l.store, 0).state, STORE_FILE_PARTLY);
	assert_true(loader_progress(l.loader).stopped);
	assert_int_equal(again(&l), 1);
	assert_false(loader_progress(l.loader).stopped);
	store_counts(l.store, &c);
	assert_int_equal(c.events, MANY);
	assert_int_equal(c.duplicates, 0);
	assert_int_equal(store_file(l.store, 0).state, STORE_FILE_LOADED);
	assert_int_equal(store_file(l.store, 0).events, MANY);
	load_end(&l);
	unlink(one);
}

/* Its events were read already, and now their check sum holds. */
static void a_whole_file_instead_of_a_part_is_verified(void **state)
{
	const char *paths[] = {one};
	struct load l;

	(void)state;
	put_packed(3, 60);
	l = load(paths, 1);
	check_told(&l, "A A A 3u 1p");
	assert_int_equal(again(&l), 0);
	check_told(&l, "A A A 3u 1p");
	put_packed(3, 0);
	assert_int_equal(again(&l), 1);
	check_told(&l, "A A A");
	load_end(&l);
	unlink(one);
}
#else
static void nothing_can_be_packed(void **state)
{
	(void)state;
	puts("SKIP: no zlib to make the files with");
	skip();
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_not_read_is_read),
		cmocka_unit_test(a_stopped_reading_is_made_good),
#ifdef HAVE_ZLIB
		cmocka_unit_test(a_stopped_file_is_read_to_its_end),
		cmocka_unit_test(a_whole_file_instead_of_a_part_is_verified),
#else
		cmocka_unit_test(nothing_can_be_packed),
#endif
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
