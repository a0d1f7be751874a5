/* A region keeps its content while it grows and is trimmed, small or large. */
#define _GNU_SOURCE
#include "base/region.h"

#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

static size_t page(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}

static void content_stays_while_a_region_grows(void **state)
{
	struct region r = {.base = NULL};
	size_t n = 0;

	(void)state;
	for (size_t need = 1; need < 5000000; need = need * 3 + 1) {
		unsigned char *bytes;

		region_grow(&r, need);
		assert_true(r.capacity >= need);
		bytes = r.base;
		for (size_t i = 0; i < n; i++)
			assert_true(bytes[i] == (unsigned char)(i * 7));
		for (size_t i = n; i < need; i++)
			assert_true(bytes[i] == 0);
		for (; n < need; n++)
			bytes[n] = (unsigned char)(n * 7);
	}
	region_free(&r);
	assert_null(r.base);
	assert_int_equal(r.capacity, 0);
}

static void growing_to_what_is_there_does_nothing(void **state)
{
	static const size_t sizes[] = {10, 1 << 20};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct region r = {.base = NULL};
		void *base;
		size_t capacity;

		region_grow(&r, 0);
		assert_null(r.base);
		region_grow(&r, sizes[i]);
		base = r.base;
		capacity = r.capacity;
		region_grow(&r, capacity);
		assert_ptr_equal(r.base, base);
		assert_int_equal(r.capacity, capacity);
		region_free(&r);
	}
}

/* From any size to any other, with and without secrets. */
static void trimming_gives_back_what_is_not_used(void **state)
{
	static const size_t sizes[] = {1, 100, 5000, 70000, 300000};

	(void)state;
	for (size_t i = 0; i < 50; i++) {
		struct region r = {.secret = i >= 25};
		size_t from = sizes[i / 5 % 5], to = sizes[i % 5];

		if (to > from)
			continue;
		region_grow(&r, from);
		memset(r.base, 'x', from);
		region_trim(&r, to);
		assert_true(r.capacity >= to && r.capacity < to + page());
		assert_int_equal(*(char *)r.base, 'x');
		assert_int_equal(((char *)r.base)[to - 1], 'x');
		region_trim(&r, to);
		region_grow(&r, 2 * from);
		assert_int_equal(((char *)r.base)[to - 1], 'x');
		region_trim(&r, 0);
		assert_null(r.base);
		region_trim(&r, 0);
		assert_int_equal(r.capacity, 0);
	}
}

/* More of them than a process may have maps. */
static void small_regions_may_be_many(void **state)
{
	enum { MANY = 100000 };
	struct region *r = memory_clear(MANY, sizeof *r);

	(void)state;
	for (int i = 0; i < MANY; i++) {
		region_grow(&r[i], 100);
		*(int *)r[i].base = i;
	}
	for (int i = 0; i < MANY; i++) {
		assert_int_equal(*(int *)r[i].base, i);
		region_free(&r[i]);
	}
	free(r);
}

/* Whether the kernel says that the pages are kept out of dumps; -1 when it does
 * not say. */
static int out_of_dumps(const void *p)
{
	FILE *f = fopen("/proc/self/smaps", "r");
	unsigned long from, to;
	bool inside = false;
	char line[512];
	int out = -1;

	while (f && fgets(line, sizeof line, f)) {
		if (sscanf(line, "%lx-%lx ", &from, &to) == 2)
			inside = (uintptr_t)p >= from && (uintptr_t)p < to;
		if (inside && strncmp(line, "VmFlags:", 8) == 0)
			out = strstr(line, " dd") != NULL;
	}
	if (f)
		fclose(f);
	return out;
}

static void a_protected_region_stays_out_of_dumps(void **state)
{
	struct region r = {.base = NULL}, open = {.base = NULL};

	(void)state;
	region_protect(&r);
	assert_true(r.secret);
	region_grow(&r, 10);
	region_grow(&open, 10);
	if (out_of_dumps(r.base) < 0) {
		print_message("SKIP: the kernel tells no flags of pages\n");
		skip();
	}
	assert_int_equal(out_of_dumps(r.base), 1);
	assert_int_equal(out_of_dumps(open.base), 0);
	region_grow(&r, 100 * page());
	assert_int_equal(out_of_dumps((char *)r.base + 99 * page()), 1);
	region_wipe(&r);
	assert_null(r.base);
	region_wipe(&r);
	memcpy(open.base, "content", 8);
	region_protect(&open);
	assert_int_equal(out_of_dumps(open.base), 1);
	assert_string_equal(open.base, "content");
	region_free(&open);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(content_stays_while_a_region_grows),
		cmocka_unit_test(growing_to_what_is_there_does_nothing),
		cmocka_unit_test(trimming_gives_back_what_is_not_used),
		cmocka_unit_test(small_regions_may_be_many),
		cmocka_unit_test(a_protected_region_stays_out_of_dumps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
