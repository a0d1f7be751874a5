/* What a path means in each shape, asked for by several threads. */
#include "trail_support.h"

#include "trail/slots.h"

#include <pthread.h>

/* Many shapes, asked for by two threads at once. */
enum { SHAPES = 3000 };

struct asking {
	struct slots *slots;
	struct shapes *shapes;
};

static void *ask(void *context)
{
	struct asking *a = context;

	for (uint32_t i = 0; i < SHAPES; i++) {
		const struct slots_list *list = slots_of(a->slots, a->shapes,
							 i);

		if (list->count != i % 3 || (list->count && list->slot[0] != 1))
			return a;
	}
	return NULL;
}

static void what_a_path_means_is_kept_per_shape(void **state)
{
	struct asking a = {NULL, shapes_new(FIELD_COUNT)};
	struct span path = SPAN("x.y");
	uint16_t field[FIELD_COUNT] = {0};
	pthread_t thread;
	void *other, *own;

	(void)state;
	for (uint32_t i = 0; i < SHAPES; i++) {
		struct buffer text = {0};
		struct shape shape = {.field = field};

		buffer_printf(&text, "{\"n%u\":\1,\"x\":{\"y\":%s}}", i,
			      i % 3 == 0 ? "{}" : i % 3 == 1 ? "\1" :
			      "[\1,\1]");
		shape.template = buffer_span(&text);
		shape.hash = shapes_hash(shape.template);
		shape.slots = 1 + i % 3;
		assert_int_equal(shapes_add(a.shapes, &shape), i);
		buffer_free(&text);
	}
	a.slots = slots_new(&path, 1, true, NULL);
	assert_text(slots_text(a.slots), "x.y");
	assert_int_equal(pthread_create(&thread, NULL, ask, &a), 0);
	own = ask(&a);
	pthread_join(thread, &other);
	assert_null(own);
	assert_null(other);
	assert_ptr_equal(slots_of(a.slots, a.shapes, 7),
			 slots_of(a.slots, a.shapes, 7));
	slots_free(a.slots);
	slots_free(NULL);
	path = SPAN("..");
	assert_null(slots_new(&path, 1, true, NULL));
	shapes_free(a.shapes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_path_means_is_kept_per_shape),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
