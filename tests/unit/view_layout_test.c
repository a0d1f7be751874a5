/* Which columns there are and how they share a screen. */
#define _POSIX_C_SOURCE 200809L
#include "view/layout.h"

#include "write_support.h"

#define EVENT(id, from, more) \
	"{\"eventVersion\":\"1.08\",\"eventID\":\"" id "\"," \
	"\"eventTime\":\"2024-01-02T03:04:05Z\"," \
	"\"eventName\":\"DescribeLoadBalancers\"," \
	"\"sourceIPAddress\":\"" from "\"" more "}\n"

static const char *names(const struct layout *layout, struct buffer *out)
{
	buffer_clear(out);
	for (size_t i = 0; i < layout->count; i++) {
		if (i > 0)
			buffer_add_byte(out, ' ');
		columns_name(&layout->column[i].ref, out);
	}
	return buffer_text(out);
}

static void lists_are_split_at_their_commas(void **state)
{
	static const struct {
		const char *list, *names;
	} row[] = {
		{"time", "time"},
		{"time,event", "time event"},
		{" time , Event ", "time event"},
		{"userIdentity.arn,resources[].ARN",
		 "userIdentity.arn resources[].ARN"},
		{"requestParameters.\"a,b\",who",
		 "requestParameters.\"a,b\" who"},
	};
	struct buffer out = {0};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct layout layout;
		struct error err;

		if (!layout_parse(&layout, span_of(row[i].list), &err))
			fail_msg("%s: %s", row[i].list, err.text);
		assert_string_equal(names(&layout, &out), row[i].names);
		layout_free(&layout);
	}
	buffer_free(&out);
}

static void a_bad_name_is_told_with_its_place(void **state)
{
	static const struct {
		const char *list;
		uint64_t column;
	} row[] = {
		{"", 1}, {",", 1}, {"time,", 6}, {"time,,who", 6},
		{"tim", 1}, {"time,tim", 6}, {"time, tim,who", 7},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct layout layout;
		struct error err = {0};

		if (layout_parse(&layout, span_of(row[i].list), &err))
			fail_msg("%s is accepted", row[i].list);
		assert_true(err.text[0]);
		assert_int_equal(err.line, 1);
		assert_int_equal(err.column, row[i].column);
		assert_int_equal(layout.count, 0);
	}
}

static void wider_screens_have_more_columns(void **state)
{
	static const struct {
		size_t width;
		const char *names;
	} row[] = {
		{0, "glyph time event who from result target"},
		{80, "glyph time event who from result target"},
		{119, "glyph time event who from result target"},
		{120, "glyph time event who from result region target"},
		{160, "glyph time event who from result region source account "
		 "target"},
	};
	struct buffer out = {0};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct layout layout;

		layout_usual(&layout, row[i].width);
		assert_string_equal(names(&layout, &out), row[i].names);
		layout_free(&layout);
	}
	buffer_free(&out);
}

/* The widths of the columns that have room, a blank between. */
static const char *widths(const struct layout *layout, size_t count,
			  struct buffer *out)
{
	buffer_clear(out);
	for (size_t i = 0; i < count; i++)
		buffer_printf(out, "%s%zu", i ? " " : "",
			      layout->column[i].width);
	return buffer_text(out);
}

static void at_80_the_columns_are_those_of_the_contract(void **state)
{
	struct buffer out = {0};
	struct layout layout;
	size_t count;

	(void)state;
	layout_usual(&layout, 80);
	/* The row's signs take three. */
	count = layout_fit(&layout, 77, false);
	assert_int_equal(count, 7);
	assert_string_equal(widths(&layout, count, &out),
			    "1 14 16 10 15 6 9");
	layout_free(&layout);
	buffer_free(&out);
}

static void no_width_is_given_twice_or_lost(void **state)
{
	struct layout layout;

	(void)state;
	for (size_t width = 1; width <= 500; width++) {
		size_t count, used = 0;

		layout_usual(&layout, width);
		count = layout_fit(&layout, width, width % 2);
		assert_true(count >= 1);
		for (size_t i = 0; i < layout.count; i++) {
			assert_int_equal(layout.column[i].width > 0,
					 i < count);
			used += layout.column[i].width;
		}
		used += count - 1;
		assert_true(used <= width);
		/* Columns that were not measured take all there is. */
		if (count == layout.count)
			assert_int_equal(used, width);
		layout_free(&layout);
	}
}

static void columns_do_not_grow_beyond_what_they_want(void **state)
{
	struct store *store = support_load("layout.json",
		EVENT("1", "192.0.2.1", "")
		EVENT("2", "192.0.2.100", ""));
	struct run_result all = support_all(store);
	struct buffer out = {0};
	struct layout layout;
	size_t count;

	(void)state;
	layout_usual(&layout, 100);
	layout_measure(&layout, store, all.events, all.count);
	count = layout_fit(&layout, 100, false);
	/* glyph, time, event, who ("?"), from, result, target: their titles
	 * at least. */
	assert_string_equal(widths(&layout, count, &out),
			    "1 19 21 3 11 6 6");
	layout_free(&layout);
	buffer_free(&out);
	free(all.events);
	store_free(store);
}

static void addresses_are_cut_only_when_nothing_else_helps(void **state)
{
	static const struct {
		const char *from;
		size_t width, columns, from_width;
	} row[] = {
		{"192.0.2.1", 79, 7, 9},
		{"2001:db8:203:113::42", 79, 7, 20},
		{"2001:db8:1111:2222:3333:4444:5555:6666", 120, 8, 38},
		{"2001:db8:1111:2222:3333:4444:5555:6666", 85, 7, 38},
		{"2001:db8:1111:2222:3333:4444:5555:6666", 79, 7, 22},
		/* No address: a service. */
		{"elasticloadbalancing.amazonaws.com", 62, 7, 15},
		{"2001:db8:1111:2222:3333:4444:5555:6666", 62, 7, 15},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		char text[600];
		struct store *store;
		struct run_result all;
		struct layout layout;

		snprintf(text, sizeof text, EVENT("1", "%s", ""), row[i].from);
		store = support_load("layout.json", text);
		all = support_all(store);
		layout_usual(&layout, row[i].width);
		layout_measure(&layout, store, all.events, all.count);
		assert_int_equal(layout_fit(&layout, row[i].width, false),
				 row[i].columns);
		assert_int_equal(layout.column[4].width, row[i].from_width);
		layout_free(&layout);
		free(all.events);
		store_free(store);
	}
}

static void times_are_drawn_in_the_zone_and_as_wide_as_fits(void **state)
{
	static const struct {
		size_t width;
		bool years;
		enum stamp_zone zone;
		const char *text;
	} row[] = {
		{80, false, STAMP_UTC, "01-02 03:04:05"},
		{80, true, STAMP_UTC, "2024-01-02 03:04:05"},
		{100, false, STAMP_UTC, "2024-01-02 03:04:05"},
		{80, false, STAMP_LOCAL, "01-02 08:04:05"},
	};
	struct store *store = support_load("layout.json",
					   EVENT("1", "192.0.2.1", ""));
	struct run_result all = support_all(store);

	(void)state;
	setenv("TZ", "UTC-5", 1);
	tzset();
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct buffer out = {0};
		struct layout layout;

		layout_usual(&layout, row[i].width);
		layout.zone = row[i].zone;
		layout_fit(&layout, row[i].width, row[i].years);
		layout_text(&layout, 1, store, all.events[0], &out);
		assert_string_equal(buffer_text(&out), row[i].text);
		layout_free(&layout);
		buffer_free(&out);
	}
	free(all.events);
	store_free(store);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_are_split_at_their_commas),
		cmocka_unit_test(a_bad_name_is_told_with_its_place),
		cmocka_unit_test(wider_screens_have_more_columns),
		cmocka_unit_test(at_80_the_columns_are_those_of_the_contract),
		cmocka_unit_test(no_width_is_given_twice_or_lost),
		cmocka_unit_test(columns_do_not_grow_beyond_what_they_want),
		cmocka_unit_test(
			addresses_are_cut_only_when_nothing_else_helps),
		cmocka_unit_test(
			times_are_drawn_in_the_zone_and_as_wide_as_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
