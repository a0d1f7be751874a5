/* The configuration: what is read, what is refused and where. */
#define _POSIX_C_SOURCE 200809L
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct notices {
	struct error last;
	size_t count;
};

static void notice(void *context, const struct error *err)
{
	struct notices *n = context;

	n->last = *err;
	n->count++;
}

static enum config_end read_text(struct config *config, const char *text,
				 struct notices *notices, struct error *err)
{
	*notices = (struct notices){0};
	*err = (struct error){0};
	return config_read_text(config, span_of(text), notice, notices, err);
}

static void every_key_is_read(void **state)
{
	struct config config;
	struct notices notices;
	struct error err;

	(void)state;
	assert_int_equal(read_text(&config,
		"\xef\xbb\xbf{ \"columns\": \"time,a.\\\"b\\\"\",\n"
		"  \"sort\": \"-time\", \"color\": \"never\",\n"
		"  \"mask\": \"a.b\", \"allow\": \"c\", \"ascii\": true, \"local\": false,\n"
		"  \"theme\": \"light\", \"clipboard\": true,\n"
		"  \"filters\": {\"mine\": \"who=Bob\", \"x y\": \"A\"},\n"
		"  \"keys\": {\n   \"sort\": \"S\",\n   \"keys\": \"K\"}}\n",
		&notices, &err), CONFIG_READ);
	assert_int_equal(notices.count, 0);
	for (int i = 0; i < CONFIG_COUNT; i++)
		assert_true(config.value[i].given);
	assert_string_equal(config.value[CONFIG_COLUMNS].text,
			    "time,a.\"b\"");
	assert_string_equal(config.value[CONFIG_SORT].text, "-time");
	assert_string_equal(config.value[CONFIG_COLOR].text, "never");
	assert_true(config.value[CONFIG_ASCII].on);
	assert_false(config.value[CONFIG_LOCAL].on);
	assert_int_equal(config.value[CONFIG_FILTERS].entries, 2);
	assert_string_equal(config.value[CONFIG_FILTERS].entry[1].name, "x y");
	assert_string_equal(config.value[CONFIG_FILTERS].entry[0].text,
			    "who=Bob");
	assert_int_equal(config.value[CONFIG_SORT].place.line, 2);
	assert_int_equal(config.value[CONFIG_SORT].place.column, 4);
	assert_int_equal(config.value[CONFIG_KEYS].place.line, 6);
	assert_int_equal(config.value[CONFIG_KEYS].entry[0].place.line, 7);
	assert_int_equal(config.value[CONFIG_KEYS].entry[1].place.line, 8);
	assert_int_equal(config.value[CONFIG_KEYS].entry[1].place.column, 5);
	config_free(&config);
}

static void an_empty_object_sets_nothing(void **state)
{
	struct config config;
	struct notices notices;
	struct error err;

	(void)state;
	assert_int_equal(read_text(&config, " {}\n", &notices, &err),
			 CONFIG_READ);
	for (int i = 0; i < CONFIG_COUNT; i++)
		assert_false(config.value[i].given);
	config_free(&config);
}

static void of_a_key_that_stands_twice_the_last_one_counts(void **state)
{
	struct config config;
	struct notices notices;
	struct error err;

	(void)state;
	assert_int_equal(read_text(&config,
				   "{\"sort\":\"who\",\n\"sort\":\"event\"}",
				   &notices, &err), CONFIG_READ);
	assert_string_equal(config.value[CONFIG_SORT].text, "event");
	assert_int_equal(config.value[CONFIG_SORT].place.line, 2);
	config_free(&config);
}

static void unknown_keys_are_named_with_place_and_nearest(void **state)
{
	static const struct {
		const char *text, *message, *hint;
		uint64_t line, column;
	} row[] = {
		{"{\"colums\": \"time\"}",
		 "configuration: unknown key: colums", "columns?", 1, 3},
		{"{\n  \"sort\": \"who\",\n  \"Sort\": [1, 2]\n}",
		 "configuration: unknown key: Sort", "sort?", 3, 4},
		{"{\"ascii\": true, \"x\": {\"y\": 1}}",
		 "configuration: unknown key: x", "", 1, 18},
		{"{\"ascii\": true, \"empty\": {}}",
		 "configuration: unknown key: empty", "", 1, 18},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct config config;
		struct notices notices;
		struct error err;

		assert_int_equal(read_text(&config, row[i].text, &notices,
					   &err), CONFIG_READ);
		assert_int_equal(notices.count, 1);
		assert_string_equal(notices.last.text, row[i].message);
		assert_string_equal(notices.last.hint, row[i].hint);
		assert_int_equal(notices.last.line, row[i].line);
		assert_int_equal(notices.last.column, row[i].column);
		config_free(&config);
	}
}

static void what_cannot_be_read_is_refused_with_its_place(void **state)
{
	static const struct {
		const char *text, *message;
		uint64_t line, column;
	} row[] = {
		{"", "configuration: the file is empty", 0, 0},
		{" \n", "configuration: the file is empty", 0, 0},
		{"[]", "configuration: not a JSON object", 0, 0},
		{"\"x\"", "configuration: not a JSON object", 0, 0},
		{"{} {}", "configuration: something follows its end", 1, 4},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct config config;
		struct notices notices;
		struct error err;

		assert_int_equal(read_text(&config, row[i].text, &notices,
					   &err), CONFIG_REFUSED);
		assert_string_equal(err.text, row[i].message);
		assert_int_equal(err.line, row[i].line);
		assert_int_equal(err.column, row[i].column);
		for (int k = 0; k < CONFIG_COUNT; k++)
			assert_false(config.value[k].given);
	}
}

static void a_wrong_value_leaves_out_its_key_only(void **state)
{
	static const struct {
		const char *text, *message;
		uint64_t line, column;
	} row[] = {
		{"{\"mask\": \"m\",\n \"ascii\": 1}",
		 "configuration: ascii: not true or false", 2, 3},
		{"{\"ascii\": \"true\", \"mask\": \"m\"}",
		 "configuration: ascii: not true or false", 1, 3},
		{"{\"mask\": \"m\", \"sort\": true}",
		 "configuration: sort: not a text", 1, 16},
		{"{\"mask\": \"m\",\n\"sort\":\n [\"time\"]}",
		 "configuration: sort: not a text", 2, 2},
		{"{\"sort\": null, \"mask\": \"m\"}",
		 "configuration: sort: not a text", 1, 3},
		{"{\"filters\": {\"x\": 1}, \"mask\": \"m\"}",
		 "configuration: filters: not an object of texts", 1, 3},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct config config;
		struct notices notices;
		struct error err;

		assert_int_equal(read_text(&config, row[i].text, &notices,
					   &err), CONFIG_PARTLY);
		assert_int_equal(notices.count, 1);
		assert_string_equal(notices.last.text, row[i].message);
		assert_int_equal(notices.last.line, row[i].line);
		assert_int_equal(notices.last.column, row[i].column);
		assert_string_equal(config.value[CONFIG_MASK].text, "m");
		assert_false(config.value[CONFIG_ASCII].given);
		assert_false(config.value[CONFIG_SORT].given);
		assert_false(config.value[CONFIG_FILTERS].given);
		config_free(&config);
	}
}

static void what_may_mask_is_never_left_out(void **state)
{
	static const struct {
		const char *text, *message, *hint;
		uint64_t line, column;
	} row[] = {
		{"{\"mask\": [\"a\"]}", "configuration: mask: not a text", "",
		 1, 3},
		{"{\"ascii\": 1,\n\"mask\": null}",
		 "configuration: mask: not a text", "", 2, 2},
		{"{\"masks\": \"a\"}", "configuration: unknown key: masks",
		 "mask?", 1, 3},
		{"{\"MASK\": \"a\"}", "configuration: unknown key: MASK",
		 "mask?", 1, 3},
		{"[\"mask\"]", "configuration: not a JSON object", "", 0, 0},
		{"{\"mask\": \"a\"} x",
		 "configuration: something follows its end", "", 1, 15},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct config config;
		struct notices notices;
		struct error err;

		assert_int_equal(read_text(&config, row[i].text, &notices,
					   &err), CONFIG_UNMASKED);
		assert_string_equal(err.text, row[i].message);
		assert_string_equal(err.hint, row[i].hint);
		assert_int_equal(err.line, row[i].line);
		assert_int_equal(err.column, row[i].column);
		for (int k = 0; k < CONFIG_COUNT; k++)
			assert_false(config.value[k].given);
	}
}

static void a_fault_in_the_json_has_line_and_column(void **state)
{
	static const struct {
		const char *text;
		uint64_t line, column;
	} row[] = {
		{"{\n  \"sort\": \"who\"\n  \"ascii\": true\n}", 2, 16},
		{"{ \"sort\": who }", 1, 11},
		{"{ \"sort\": \"who\", }", 1, 16},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct config config;
		struct notices notices;
		struct error err;

		assert_int_equal(read_text(&config, row[i].text, &notices,
					   &err), CONFIG_REFUSED);
		assert_int_equal(err.line, row[i].line);
		assert_int_equal(err.column, row[i].column);
		assert_true(err.text[0]);
	}
}

static void write_file(const char *name, const char *text, mode_t mode)
{
	FILE *f = fopen(name, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	assert_int_equal(chmod(name, mode), 0);
}

static void a_file_that_others_may_write_is_refused(void **state)
{
	static const struct {
		mode_t mode;
		enum config_end end;
	} row[] = {
		{0600, CONFIG_READ},    {0644, CONFIG_READ},
		{0444, CONFIG_READ},    {0620, CONFIG_REFUSED},
		{0602, CONFIG_REFUSED}, {0666, CONFIG_REFUSED},
	};
	static const char masking[] = "{\"mask\": \"a\"}";
	char folder[] = "config-XXXXXX", name[64];

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(name, sizeof name, "%s/config.json", folder);
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct config config;
		struct error err = {0};

		write_file(name, "{\"ascii\": true}", row[i].mode);
		assert_int_equal(config_read(&config, name, NULL, NULL, &err),
				 row[i].end);
		assert_int_equal(config.value[CONFIG_ASCII].on,
				 row[i].end == CONFIG_READ);
		if (row[i].end == CONFIG_REFUSED)
			assert_string_equal(err.hint, "chmod go-w");
		config_free(&config);
		write_file(name, masking, row[i].mode);
		assert_int_equal(config_read(&config, name, NULL, NULL, &err),
				 row[i].end == CONFIG_READ ? CONFIG_READ
							   : CONFIG_UNMASKED);
		config_free(&config);
		unlink(name);
	}
	rmdir(folder);
}

static void a_missing_file_is_absent_and_a_folder_refused(void **state)
{
	struct config config;
	struct error err;

	(void)state;
	assert_int_equal(config_read(&config, "/nonexistent/x", NULL, NULL,
				     &err), CONFIG_ABSENT);
	assert_int_equal(config_read(&config, "/", NULL, NULL, &err),
			 CONFIG_REFUSED);
	assert_string_equal(err.text, "configuration: not a regular file");
	config_free(&config);
}

static void the_path_follows_xdg(void **state)
{
	static const struct {
		const char *xdg, *home, *path;
	} row[] = {
		{"/x", "/h", "/x/acmtui/config.json"},
		{NULL, "/h", "/h/.config/acmtui/config.json"},
		{"", "/h", "/h/.config/acmtui/config.json"},
		{"relative", "/h", "/h/.config/acmtui/config.json"},
		{NULL, NULL, NULL},
		{NULL, "relative", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct buffer path = {0};

		unsetenv("XDG_CONFIG_HOME");
		unsetenv("HOME");
		if (row[i].xdg)
			setenv("XDG_CONFIG_HOME", row[i].xdg, 1);
		if (row[i].home)
			setenv("HOME", row[i].home, 1);
		assert_int_equal(config_path(&path), row[i].path != NULL);
		if (row[i].path)
			assert_string_equal(buffer_text(&path), row[i].path);
		buffer_free(&path);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_is_read),
		cmocka_unit_test(an_empty_object_sets_nothing),
		cmocka_unit_test(
			of_a_key_that_stands_twice_the_last_one_counts),
		cmocka_unit_test(unknown_keys_are_named_with_place_and_nearest),
		cmocka_unit_test(what_cannot_be_read_is_refused_with_its_place),
		cmocka_unit_test(a_wrong_value_leaves_out_its_key_only),
		cmocka_unit_test(what_may_mask_is_never_left_out),
		cmocka_unit_test(a_fault_in_the_json_has_line_and_column),
		cmocka_unit_test(a_file_that_others_may_write_is_refused),
		cmocka_unit_test(a_missing_file_is_absent_and_a_folder_refused),
		cmocka_unit_test(the_path_follows_xdg),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
