/* A tag counts the distinct secrets in order of their first event, whatever the
 * segments and the hashes. */
#include "load_support.h"

#include "base/hash.h"
#include "store/tags.h"

#define EV(more) "{\"eventName\":\"A\",\"eventTime\":\"t\"," more "}"

/* Texts of files, and what the secrets of all events show. */
static const struct {
	const char *files[3];
	const char *shown;
} rows[] = {
	{{EV("\"password\":\"a\"") EV("\"password\":\"b\"")
	  EV("\"password\":\"a\"")},
	 "[password, #k1] [password, #k2] [password, #k1] "},
	{{EV("\"password\":\"b\",\"macKey\":\"b\"")},
	 "[password, #k1] [MAC key, 1 chars, #k1] "},
	{{EV("\"passphrase\":\"b\",\"password\":\"a\""),
	  EV("\"password\":\"b\""), EV("\"password\":\"c\"")},
	 "[passphrase, #k1] [password, #k2] [password, #k1] [password, #k3] "},
	/* a number and a string are two */
	{{EV("\"password\":\"1\",\"x\":{\"password\":1}")},
	 "[password, #k1] [password, #k2] "},
	{{EV("\"a\":1")}, ""},
	/* several in one value */
	{{EV("\"m\":\"password=one1 password=two2 password=three3 "
	     "password=four4 password=five5\"")},
	 "password=[password, #k1] password=[password, #k2] "
	 "password=[password, #k3] password=[password, #k4] "
	 "password=[password, #k5] "},
	/* dashes where a UUID has them make none */
	{{EV("\"m\":\"pwd=abcd-efgh-ijkl-mnop-qrstuvwxyz12\"")},
	 "pwd=[password, #k1] "},
	{{EV("\"m\":\"0123abcd-0123-0123-0123-0123 pwd=abc\"")},
	 "0123abcd-0123-0123-0123-0123 pwd=[password, #k1] "},
	{{EV("\"m\":\"01234567-89ab-cdef-ABCD-EF0123456789\"")}, ""},
};

static void write_secrets(const struct made *m, struct buffer *out)
{
	struct store_event e = STORE_NO_EVENT;
	struct buffer scratch = {0};

	while (store_next(m->store, &e)) {
		uint32_t slots = store_shape(m->store, e)->slots;

		for (uint32_t i = 0; i < slots; i++) {
			uint32_t value = store_slot(m->store, e, i);

			if (!store_is_secret(value))
				continue;
			buffer_add_span(out, store_text(m->store, e.segment,
							value, &scratch));
			buffer_add_byte(out, ' ');
		}
	}
	buffer_free(&scratch);
}

/* The files are read in order, or the last first; each by a builder of its own,
 * so that each has its segment. */
static void make_files(struct made *m, const char *const *files, bool backward)
{
	struct span text[3];
	size_t n = 0;

	for (; n < 3 && files[n]; n++)
		text[n] = span_of(files[n]);
	make_store(m);
	for (size_t i = 0; i < n; i++)
		store_add_file(m->store, "f");
	for (size_t i = 0; i < n; i++) {
		size_t input = backward ? n - 1 - i : i;

		make_input(m, (uint32_t)input, text[input], 64);
		builder_publish(m->builder, true);
	}
	make_end(m);
}

static void tags_count_secrets_in_order_of_events(void **state)
{
	(void)state;
	for (int seed = 0; seed < 8; seed++) {
		for (size_t i = 0; i < COUNT(rows); i++) {
			struct buffer shown = {0};
			struct made m;

			make_files(&m, rows[i].files, false);
			write_secrets(&m, &shown);
			assert_string_equal(buffer_text(&shown),
					    rows[i].shown);
			buffer_free(&shown);
			unmake(&m);
		}
		hash_seed();
	}
}

static void tags_do_not_depend_on_who_came_first(void **state)
{
	static const char *const files[3] = {
		EV("\"password\":\"a\"") EV("\"password\":\"b\""),
		EV("\"password\":\"c\"") EV("\"password\":\"a\""),
		EV("\"password\":\"d\"") EV("\"password\":\"c\""),
	};
	struct buffer shown = {0};
	struct made m;

	(void)state;
	make_files(&m, files, true);
	write_secrets(&m, &shown);
	assert_string_equal(buffer_text(&shown),
			    "[password, #k4] [password, #k3] "
			    "[password, #k3] [password, #k1] "
			    "[password, #k1] [password, #k2] ");
	buffer_free(&shown);
	unmake(&m);
}

static void a_secret_that_came_later_has_no_tag(void **state)
{
	struct buffer shown = {0};
	struct made m;

	(void)state;
	make_store(&m);
	make_file(&m, SPAN(EV("\"password\":\"a\"")), 64);
	builder_publish(m.builder, true);
	write_secrets(&m, &shown);
	assert_string_equal(buffer_text(&shown), "[password, #...] ");
	store_finish(m.store);
	make_file(&m, SPAN(EV("\"password\":\"b\"")), 64);
	builder_publish(m.builder, true);
	buffer_clear(&shown);
	write_secrets(&m, &shown);
	assert_string_equal(buffer_text(&shown),
			    "[password, #k1] [password, #...] ");
	store_finish(m.store);
	buffer_clear(&shown);
	write_secrets(&m, &shown);
	assert_string_equal(buffer_text(&shown),
			    "[password, #k1] [password, #k2] ");
	buffer_free(&shown);
	unmake(&m);
}

static void no_segments_have_no_tags(void **state)
{
	struct tags *tags = tags_new(NULL, 0);

	(void)state;
	assert_int_equal(tags_number(tags, 0, VALUES_SECRET), 0);
	tags_free(tags);
	tags_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tags_count_secrets_in_order_of_events),
		cmocka_unit_test(tags_do_not_depend_on_who_came_first),
		cmocka_unit_test(a_secret_that_came_later_has_no_tag),
		cmocka_unit_test(no_segments_have_no_tags),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
