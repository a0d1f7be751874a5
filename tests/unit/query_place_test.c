/* What is being typed, from the text up to the cursor. */
#include "query/place.h"

#include "query_support.h"

static void the_place_is_told(void **state)
{
	static const struct {
		const char *text;
		enum place_kind kind;
		const char *field, *head;
		size_t from;
	} rows[] = {
		{"", PLACE_FIELD, "", "", 0},
		{"ev", PLACE_FIELD, "", "ev", 0},
		{"  ev", PLACE_FIELD, "", "ev", 2},
		{"!ev", PLACE_FIELD, "", "ev", 1},
		{"a=b ", PLACE_FIELD, "a", "", 4},
		{"a=b and ev", PLACE_FIELD, "a", "ev", 8},
		{"not (a=b or ev", PLACE_FIELD, "a", "ev", 12},
		{"requestParameters.cert", PLACE_FIELD, "",
		 "requestParameters.cert", 0},
		{"event=", PLACE_VALUE, "event", "", 6},
		{"event=Get", PLACE_VALUE, "event", "Get", 6},
		{"event==Get", PLACE_VALUE, "event", "Get", 7},
		{"event!=Get", PLACE_VALUE, "event", "Get", 7},
		{"(event=Get", PLACE_VALUE, "event", "Get", 7},
		{"event=\"Get O", PLACE_VALUE, "event", "Get O", 6},
		{"time>=20", PLACE_VALUE, "time", "20", 6},
		{"event~Get", PLACE_PATTERN, "event", "Get", 6},
		{"event!~Get", PLACE_PATTERN, "event", "Get", 7},
		{"event~/a b", PLACE_NOTHING, "event", "/a b", 6},
		{"event in (", PLACE_ITEM, "event", "", 10},
		{"event in (A, B", PLACE_ITEM, "event", "B", 13},
		{"event not in (\"A b\", \"c d", PLACE_ITEM, "event", "c d",
		 21},
		{"event in (A, B) wh", PLACE_FIELD, "event", "wh", 16},
		{"event in @na", PLACE_NOTHING, "event", "", 12},
		{"is:", PLACE_MARK, "is", "", 3},
		{"a=b saved:ex", PLACE_MARK, "saved", "ex", 10},
		{"arn:aws", PLACE_NOTHING, "arn", "", 7},
		{"error? wh", PLACE_FIELD, "error", "wh", 7},
		{"\"a b", PLACE_NOTHING, "", "", 4},
		{"\"a b\" wh", PLACE_FIELD, "", "wh", 6},
		{"\"a b\"", PLACE_FIELD, "", "\"a b\"", 0},
		{"\"a b\"=Get", PLACE_VALUE, "\"a b\"", "Get", 6},
		{"\"a b\".c in (A", PLACE_ITEM, "\"a b\".c", "A", 12},
		{"/a b", PLACE_NOTHING, "", "", 0},
		{"^Get", PLACE_NOTHING, "", "", 4},
		{"a=b || wh", PLACE_FIELD, "a", "wh", 7},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct place place = place_at_end(span_of(rows[i].text));

		if (place.kind != rows[i].kind || place.from != rows[i].from)
			fail_msg("%s: kind %d from %zu", rows[i].text,
				 (int)place.kind, place.from);
		if (place.kind == PLACE_NOTHING)
			continue;
		assert_true(span_is(place.head, rows[i].head));
		if (place.kind != PLACE_FIELD)
			assert_true(span_is(place.field, rows[i].field));
	}
}

static void a_term_without_its_value_is_told(void **state)
{
	/* BAR stands where the term ends. */
	static const struct {
		const char *text, *term;
	} rows[] = {
		{"event=|", "event="}, {"a=b !event!~|", "!event!~"},
		{"event=| a=b", "event="}, {"(a=b or time>=|)", "time>="},
		{"!is:|", "!is:"}, {"event=\"|", "event=\""}, {"event=A|", NULL},
		{"event=|A", NULL}, {"event|", NULL}, {"event in (|", NULL},
		{"error?|", NULL}, {"|", NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		size_t at = strcspn(rows[i].text, "|"), from, end;
		struct buffer text = {0};
		bool waits;

		buffer_add(&text, rows[i].text, at);
		buffer_add_text(&text, rows[i].text + at + 1);
		waits = place_waits(buffer_span(&text), at, &from, &end);
		if (waits != (rows[i].term != NULL))
			fail_msg("%s", rows[i].text);
		if (waits && !span_is((struct span){text.p + from, end - from},
				      rows[i].term))
			fail_msg("%s: [%zu, %zu)", rows[i].text, from, end);
		buffer_free(&text);
	}
}

static void pasted_lines_are_values_of_an_open_list(void **state)
{
	static const struct {
		const char *text, *pasted, *meant;
	} rows[] = {
		{"from in (", "192.0.2.1\n192.0.2.2", "192.0.2.1,\n192.0.2.2"},
		{"a=b from not in (", "x\r\ny\r\n", "x,\ry\r"},
		{"from in (", "x,\ny ,\n\n \nz\n", "x,\ny ,\n \nz\n"},
		{"from in (", "x\n, y\n)", "x\n, y\n)"},
		{"from in (x", "\ny\nz) or\na", ",\ny,\nz) or\na"},
		{"from in (x,", "\ny", "\ny"}, {"from in (", "\ny", "\ny"},
		{"", "any in (\nx\ny\n)", "any in (\nx,\ny\n)"},
		{"event in (\"x", "\ny\"\nz", "\ny\",\nz"},
		{"from=x ", "y\r\n\r\nz", "y\r\n\r\nz"},
		{"from in (x) ", "y\nz", "y\nz"}, {"(a ", "b\nc", "b\nc"},
		{"from in (", "", ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buffer meant = {0};

		place_write_pasted(span_of(rows[i].text),
				   span_of(rows[i].pasted), &meant);
		if (!span_is(buffer_span(&meant), rows[i].meant))
			fail_msg("%s + %s: %s", rows[i].text, rows[i].pasted,
				 buffer_text(&meant));
		buffer_free(&meant);
	}
}

/* Whatever the bytes, it ends, and what it answers lies within them. */
static void any_text_has_a_place(void **state)
{
	static const char bytes[] = "a=~!?:()<> \"/\\,|&[].*in@";
	uint32_t seed = 1;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		char text[24];
		size_t n = 0;
		struct place place;

		for (; n < sizeof text && (seed >> 16) % 24 != 0; n++) {
			seed = seed * 1103515245 + 12345;
			text[n] = bytes[(seed >> 16) % (sizeof bytes - 1)];
		}
		seed = seed * 1103515245 + 12345;
		place = place_at_end((struct span){text, n});
		assert_true(place.from <= n);
		assert_true(place.head.n <= n - place.from);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_place_is_told),
		cmocka_unit_test(a_term_without_its_value_is_told),
		cmocka_unit_test(pasted_lines_are_values_of_an_open_list),
		cmocka_unit_test(any_text_has_a_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
