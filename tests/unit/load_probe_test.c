/* The search for the next whole record finds those that stand where one can,
 * in pieces of any size, and nothing else. */
#include "load_support.h"

#include "load/probe.h"

#define EV "{\"eventName\":\"A\",\"eventTime\":\"t\"}"
#define FAR "                                                                 "

/* A `^` in the text is the record that is to be found from its start. */
static const struct {
	const char *promise, *text;
} rows[] = {
	{"behind a comma", "{\"a\":1 x,^" EV},
	{"behind a bracket", "{\"a\":[^" EV "]"},
	{"behind a line break", "{\"a\":1 x" FAR "\n ^" EV},
	{"anything near, where a comma may be damaged", "{\"a\":1 x}^" EV},
	{"not far behind something else", "{\"a\":1 x" FAR ":" EV ",^" EV},
	{"no record in the midst of a word", "{\"a\":1 x" FAR "y{}" FAR},
	{"no object that is no event", "{\"a\":1 x,{\"b\":2},[{\"c\":3},^" EV},
	{"no event that is cut off", "{\"a\":1 x,{\"eventName\":\"A\",\"event"
	 "Time\":\"t\""},
	{"an event behind one that is broken", "{\"a\":1 x,{\"eventName\":A,"
	 "\"eventTime\":\"t\"},^" EV},
	{"a notice", "{\"a\" x,^{\"detail-type\":\"d\",\"source\":\"s\","
	 "\"detail\":{}}"},
	{"a holder of an event", "{\"a\":1 x,^{\"detail\":" EV "}"},
	{"a holder of an event in a string", "{\"a\":1 x,^{\"message\":\"{"
	 "\\\"eventName\\\":\\\"A\\\"}\"}"},
	{"no holder of something else", "{\"a\":1 x" FAR ",{\"detail\":{\"b\":1"
	 "}},{\"message\":\"{x}\"}"},
	{"none at all", "{\"a\":1 x"},
	{"the last byte", "{"},
};

static void the_next_whole_record_is_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *mark = strchr(rows[i].text, '^');
		size_t n = strlen(rows[i].text) - (mark != NULL);
		size_t want = mark ? (size_t)(mark - rows[i].text) : n;
		struct buffer text = {0};

		buffer_add(&text, rows[i].text, want);
		if (mark)
			buffer_add_text(&text, mark + 1);
		for (size_t piece = 1; piece <= n; piece += 1 + piece / 3) {
			struct probe *probe = probe_new();
			struct window w = {.done = 0};
			const char *found = NULL;
			size_t given = 0;
			bool done;

			window_start(&w);
			probe_start(probe);
			do {
				size_t some = n - given < piece ? n - given
								: piece;

				memcpy(window_room(&w, some + 1),
				       text.p + given, some);
				w.bytes.n += some;
				given += some;
				done = probe_next(probe, &w, w.bytes.p,
						  given == n, &found);
			} while (!done && given < n);
			if (!done ||
			    (size_t)(found - w.bytes.p) != want)
				fail_msg("%s, by %zu: found at %zu",
					 rows[i].promise, piece,
					 found ? (size_t)(found - w.bytes.p)
					       : 0);
			probe_free(probe);
			window_free(&w);
		}
		buffer_free(&text);
	}
	probe_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_next_whole_record_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
