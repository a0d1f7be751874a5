/* A shape is kept once, never moves, and is found while others are added. */
#include "store/shapes.h"

#include "base/jobs.h"
#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { FIELDS = 3, MANY = 20000 };

static struct span template_of(unsigned i, char text[32])
{
	int n = snprintf(text, 32, "{\"k%u\":\x01}", i);

	return (struct span){text, (size_t)n};
}

static uint32_t add(struct shapes *shapes, unsigned i)
{
	char text[32];
	uint16_t field[FIELDS] = {(uint16_t)i, SHAPES_ABSENT, 7};
	uint8_t rule[1] = {(uint8_t)(i % 200)};
	struct span template = template_of(i, text);

	return shapes_add(shapes, &(struct shape){
		.template = template, .hash = shapes_hash(template),
		.slots = 1, .field = field, .notice = i % 5 == 0,
		.rule = i % 2 ? rule : NULL});
}

static uint32_t find(struct shapes *shapes, unsigned i)
{
	char text[32];
	struct span template = template_of(i, text);

	return shapes_find(shapes, template, shapes_hash(template));
}

static void check(struct shapes *shapes, uint32_t number, unsigned i)
{
	const struct shape *shape = shapes_get(shapes, number);
	char text[32];

	assert_true(span_equal(shape->template, template_of(i, text)));
	assert_int_equal(shape->field[0], (uint16_t)i);
	assert_int_equal(shape->field[1], SHAPES_ABSENT);
	assert_int_equal(shape->field[2], 7);
	assert_int_equal(shape->notice, i % 5 == 0);
	if (i % 2)
		assert_int_equal(shape->rule[0], i % 200);
	else
		assert_null(shape->rule);
}

static void every_shape_is_kept_once_and_stays(void **state)
{
	struct shapes *shapes = shapes_new(FIELDS);
	const struct shape *first;
	size_t empty = shapes_size(shapes);

	(void)state;
	assert_int_equal(find(shapes, 0), SHAPES_NONE);
	assert_int_equal(add(shapes, 0), 0);
	first = shapes_get(shapes, 0);
	for (unsigned i = 1; i < MANY; i++)
		assert_int_equal(add(shapes, i), i);
	assert_int_equal(shapes_count(shapes), MANY);
	assert_ptr_equal(shapes_get(shapes, 0), first);
	for (unsigned i = 0; i < MANY; i++) {
		assert_int_equal(add(shapes, i), i);
		assert_int_equal(find(shapes, i), i);
		check(shapes, i, i);
	}
	assert_int_equal(shapes_count(shapes), MANY);
	assert_int_equal(find(shapes, MANY), SHAPES_NONE);
	assert_true(shapes_size(shapes) > empty + MANY * 30);
	shapes_free(shapes);
	shapes_free(NULL);
}

struct adding {
	struct shapes *shapes;
	atomic_uint wrong;
};

/* Each thread adds all, in an order of its own, and finds what it added. */
static void add_all(void *context, size_t thread)
{
	struct adding *a = context;

	for (unsigned i = 0; i < MANY / 10; i++) {
		unsigned which = (i * 7919u + (unsigned)thread * 101u) %
				 (MANY / 10);
		uint32_t number = add(a->shapes, which);
		char text[32];

		if (find(a->shapes, which) != number ||
		    !span_equal(shapes_get(a->shapes, number)->template,
				template_of(which, text)))
			a->wrong++;
	}
}

static void threads_add_and_find_at_the_same_time(void **state)
{
	struct adding a = {.shapes = shapes_new(FIELDS)};
	struct jobs *jobs = jobs_new(4);

	(void)state;
	jobs_each(jobs, 8, add_all, &a);
	assert_int_equal(a.wrong, 0);
	assert_int_equal(shapes_count(a.shapes), MANY / 10);
	jobs_free(jobs);
	shapes_free(a.shapes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_shape_is_kept_once_and_stays),
		cmocka_unit_test(threads_add_and_find_at_the_same_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
