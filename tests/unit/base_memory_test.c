/* Memory is given or the program dies with one line; buffers, spans, errors and
 * hashes built on it keep what they are given. */
#include "base/buffer.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void sum_too_large(void)
{
	memory_add(SIZE_MAX, 1);
}

static void product_too_large(void)
{
	memory_multiply(SIZE_MAX / 2, 3);
}

static void grown_too_large(void)
{
	memory_grown(16, SIZE_MAX / 4, 8);
}

static void cleared_too_large(void)
{
	free(memory_clear(SIZE_MAX / 2, 4));
}

static void resized_too_large(void)
{
	free(memory_resize(NULL, SIZE_MAX / 2, 4));
}

static void buffer_too_large(void)
{
	struct buffer b = {.n = 1};

	buffer_room(&b, SIZE_MAX);
}

static void hook(void)
{
	fputs("hook ", stderr);
}

static void die_in_the_hook(void)
{
	fputs("hook ", stderr);
	die("again");
}

static void with_hook(void)
{
	die_set_hook(hook);
	die("cannot %s: %d", "go on", 7);
}

static void with_a_hook_that_dies(void)
{
	die_set_hook(die_in_the_hook);
	die("first");
}

static const struct {
	void (*act)(void);
	const char *told;
} deaths[] = {
	{sum_too_large, "acmtui: out of memory: a size does not fit\n"},
	{product_too_large, "acmtui: out of memory: a size does not fit\n"},
	{grown_too_large, "acmtui: out of memory: a size does not fit\n"},
	{cleared_too_large, "acmtui: out of memory: a size does not fit\n"},
	{resized_too_large, "acmtui: out of memory: a size does not fit\n"},
	{buffer_too_large, "acmtui: out of memory: a size does not fit\n"},
	{with_hook, "hook acmtui: cannot go on: 7\n"},
	{with_a_hook_that_dies, "hook acmtui: again\n"},
};

/* Runs ACT in a child; its exit status, and what it said on standard error. */
static int run_child(void (*act)(void), char *said, size_t room)
{
	int pipes[2], status;
	size_t n = 0;
	ssize_t got;
	pid_t child;

	assert_int_equal(pipe(pipes), 0);
	fflush(NULL);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		dup2(pipes[1], STDERR_FILENO);
		act();
		_exit(0);
	}
	close(pipes[1]);
	while ((got = read(pipes[0], said + n, room - 1 - n)) > 0)
		n += (size_t)got;
	said[n] = '\0';
	close(pipes[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void death_has_one_line_and_status_two(void **state)
{
	char said[512];

	(void)state;
	for (size_t i = 0; i < COUNT(deaths); i++) {
		assert_int_equal(run_child(deaths[i].act, said, sizeof said),
				 2);
		assert_string_equal(said, deaths[i].told);
	}
}

static void nothing_is_memory_too(void **state)
{
	char *p = memory_alloc(0);
	char *q = memory_clear(0, 8);
	char *copy = memory_copy(NULL, 0);

	(void)state;
	assert_non_null(p);
	assert_non_null(q);
	p = memory_resize(p, 0, 4);
	assert_non_null(p);
	assert_string_equal(copy, "");
	free(p);
	free(q);
	free(copy);
	copy = memory_copy("a\0b", 3);
	assert_memory_equal(copy, "a\0b", 4);
	free(copy);
}

static void capacities_grow_by_half_and_hold_what_is_needed(void **state)
{
	static const struct {
		size_t capacity, need, grown;
	} rows[] = {
		{0, 0, 16}, {0, 1, 16}, {0, 100, 100}, {16, 17, 24},
		{100, 101, 150}, {100, 1000, 1000},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(memory_grown(rows[i].capacity, rows[i].need,
					      8), rows[i].grown);
	assert_int_equal(memory_add(2, 3), 5);
	assert_int_equal(memory_multiply(2, 3), 6);
}

static void a_buffer_keeps_what_is_added(void **state)
{
	struct buffer b = {0};
	char *taken;

	(void)state;
	assert_string_equal(buffer_text(&b), "");
	buffer_add(&b, "ignored", 0);
	buffer_add_text(&b, "ab");
	buffer_add_byte(&b, '\0');
	buffer_add_span(&b, SPAN("cd"));
	buffer_printf(&b, "%s-%d", "x", 7);
	assert_int_equal(b.n, 8);
	assert_memory_equal(b.p, "ab\0cdx-7", 8);
	assert_true(span_equal(buffer_span(&b), (struct span){b.p, 8}));
	for (int i = 0; i < 10000; i++)
		buffer_add_byte(&b, 'y');
	assert_int_equal(b.n, 10008);
	assert_memory_equal(b.p, "ab\0cdx-7yyy", 11);
	buffer_clear(&b);
	assert_int_equal(b.n, 0);
	assert_true(b.capacity >= 10008);
	buffer_add_text(&b, "taken");
	taken = buffer_take(&b);
	assert_string_equal(taken, "taken");
	assert_null(b.p);
	assert_int_equal(b.capacity, 0);
	free(taken);
	buffer_wipe(&b);
	buffer_add_text(&b, "secret");
	buffer_wipe(&b);
	assert_null(b.p);
	buffer_free(&b);
}

static void an_error_has_text_hint_and_place(void **state)
{
	struct error err = {.hint = "old", .line = 9};

	(void)state;
	assert_false(error_set(&err, "what: %s", "why"));
	assert_string_equal(err.text, "what: why");
	assert_string_equal(err.hint, "");
	assert_int_equal(err.line, 0);
	assert_false(error_hint(&err, "do %d", 1));
	assert_false(error_at(&err, 2, 3, 4));
	assert_string_equal(err.text, "what: why");
	assert_string_equal(err.hint, "do 1");
	assert_int_equal(err.line, 2);
	assert_int_equal(err.column, 3);
	assert_int_equal(err.offset, 4);
	error_set(&err, "%1000s", "");
	assert_int_equal(strlen(err.text), sizeof err.text - 1);
	error_hint(&err, "%1000s", "");
	assert_int_equal(strlen(err.hint), sizeof err.hint - 1);
	assert_false(error_set(NULL, "x"));
	assert_false(error_hint(NULL, "x"));
	assert_false(error_at(NULL, 1, 1, 1));
}

static void a_hash_goes_by_the_bytes_and_the_seed(void **state)
{
	uint64_t one = hash_bytes("abc", 3), pair = hash_pair(1, 2);

	(void)state;
	assert_int_equal(hash_span(SPAN("abc")), one);
	assert_int_equal(hash_bytes("abcd", 3), one);
	assert_int_not_equal(hash_bytes("abd", 3), one);
	assert_int_equal(hash_bytes(NULL, 0), hash_bytes("x", 0));
	assert_int_not_equal(hash_pair(2, 1), pair);
	hash_seed();
	assert_int_not_equal(hash_bytes("abc", 3), one);
	assert_int_not_equal(hash_pair(1, 2), pair);
	assert_int_equal(hash_bytes("abc", 3), hash_bytes("abc", 3));
	assert_true(hash_version() >= 800);
}

static void the_clock_goes_on(void **state)
{
	uint64_t ms = clock_ms(), ns = clock_ns();

	(void)state;
	while (clock_ns() == ns)
		;
	assert_true(clock_ns() > ns);
	assert_true(clock_ms() >= ms);
	assert_true(clock_ms() <= clock_ns() / 1000000u);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(death_has_one_line_and_status_two),
		cmocka_unit_test(nothing_is_memory_too),
		cmocka_unit_test(capacities_grow_by_half_and_hold_what_is_needed),
		cmocka_unit_test(a_buffer_keeps_what_is_added),
		cmocka_unit_test(an_error_has_text_hint_and_place),
		cmocka_unit_test(a_hash_goes_by_the_bytes_and_the_seed),
		cmocka_unit_test(the_clock_goes_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
