/* Where unpacking ends that would go on: at the limit that was set, and by the
 * ratio, with both deflate libraries. */
#define _DEFAULT_SOURCE
#include "platform.h"

#include "load/inflate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "load_inflate_support.h"

#ifdef HAVE_ZLIB
static void a_limit_is_kept_to_the_byte(void **state)
{
	static const struct {
		uint64_t most;
		enum inflate_state state;
		size_t content;
	} rows[] = {
		{1, INFLATE_FAULT, 1},
		{2, INFLATE_FAULT, 2},
		{LEN(A) - 1, INFLATE_FAULT, LEN(A) - 1},
		{LEN(A), INFLATE_END, LEN(A)},
		{LEN(A) + 1, INFLATE_END, LEN(A)},
		{0, INFLATE_END, LEN(A)},
	};
	struct pair p = pair_new();
	struct buffer b = {0};
	struct outcome *o = &p.outcome[0];
	int fd;

	(void)state;
	one(&b);
	fd = file_of(buffer_span(&b));
	for (size_t i = 0; i < 2 * sizeof rows / sizeof *rows; i++) {
		const struct inflate_limits limits = {rows[i / 2].most};

		for (size_t room = 1; room < 100; room += 19) {
			read_all(p.reader[i % 2], fd, room, &limits, o);
			assert_int_equal(o->state, rows[i / 2].state);
			assert_int_equal(o->content.n, rows[i / 2].content);
			if (o->state == INFLATE_END)
				continue;
			assert_int_equal(o->report.fault, INFLATE_TOO_MUCH);
			assert_non_null(strstr(o->error.hint,
					       "--max-inflate"));
		}
	}
	close(fd);
	pair_free(&p);
	buffer_free(&b);
}

/* 100 MB of spaces behind `{`: 1030 bytes from each. */
static void make_bomb(struct buffer *b)
{
	struct buffer spaces = {0};

	memset(buffer_room(&spaces, 100 << 20), ' ', 100 << 20);
	spaces.n = 100 << 20;
	spaces.p[0] = '{';
	add_header(b, 8, 0);
	add_deflated(b, buffer_span(&spaces), 9, Z_DEFAULT_STRATEGY);
	add_trailer(b, buffer_span(&spaces));
	buffer_free(&spaces);
}

static void assert_stops(struct inflate *f, const struct buffer *b,
			 enum inflate_fault fault)
{
	size_t room = 256 << 10, got, all = 0;
	char *to = malloc(room);
	int fd = file_of(buffer_span(b));
	struct error err;
	enum inflate_state end;

	inflate_open(f, fd, false, NULL);
	while ((end = inflate_read(f, to, room, &got, &err)) == INFLATE_MORE)
		all += got;
	assert_int_equal(end, INFLATE_FAULT);
	assert_int_equal(inflate_report(f)->fault, fault);
	assert_int_equal(inflate_report(f)->check, INFLATE_NOT_REACHED);
	assert_in_range(all, 0, 66 << 20);
	close(fd);
	free(to);
}

static void a_bomb_is_stopped_early(void **state)
{
	struct pair p = pair_new();
	struct buffer b = {0};

	(void)state;
	make_bomb(&b);
	for (int i = 0; i < 2; i++)
		assert_stops(p.reader[i], &b, INFLATE_BOMB);
	wrap(&b);
	for (int i = 0; i < 2; i++)
		assert_stops(p.reader[i], &b, INFLATE_BOMB);
	pair_free(&p);
	buffer_free(&b);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
#ifdef HAVE_ZLIB
		cmocka_unit_test(a_limit_is_kept_to_the_byte),
		cmocka_unit_test(a_bomb_is_stopped_early),
#else
		cmocka_unit_test(nothing_can_be_tried),
#endif
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
