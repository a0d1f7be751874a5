/* The command line, row by row. */
#include "options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { WORDS = 8 };

static bool parse(const char *const *word, struct options *options,
		  struct error *err)
{
	char *argv[WORDS + 2] = {(char *)"acmtui"};
	int argc = 1;

	while (argc <= WORDS && word[argc - 1]) {
		argv[argc] = (char *)word[argc - 1];
		argc++;
	}
	return options_parse(options, argc, argv, err);
}

static void every_spelling_of_an_option_is_read(void **state)
{
	static const struct {
		const char *word[WORDS + 1];
		enum option option;
		const char *argument;
		size_t paths;
	} row[] = {
		{{"--sort=-time"}, OPTION_SORT, "-time", 0},
		{{"--sort", "-time"}, OPTION_SORT, "-time", 0},
		{{"--sort="}, OPTION_SORT, "", 0},
		{{"--sort=a=b"}, OPTION_SORT, "a=b", 0},
		{{"-s-time"}, OPTION_SORT, "-time", 0},
		{{"-s", "-time"}, OPTION_SORT, "-time", 0},
		{{"-s", "--", "x"}, OPTION_SORT, "--", 1},
		{{"a", "-s", "time", "b"}, OPTION_SORT, "time", 2},
		{{"-hV"}, OPTION_VERSION, NULL, 0},
		{{"-hocount"}, OPTION_OUTPUT, "count", 0},
		{{"-ho", "count"}, OPTION_OUTPUT, "count", 0},
		{{"-o", "tsv", "-o", "csv"}, OPTION_OUTPUT, "csv", 0},
		{{"--no-header", "-"}, OPTION_NO_HEADER, NULL, 1},
		{{"-V", "--", "-h", "--", "-"}, OPTION_VERSION, NULL, 3},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct options options;
		struct error err;

		if (!parse(row[i].word, &options, &err))
			fail_msg("row %zu: %s", i, err.text);
		assert_true(options.given[row[i].option]);
		if (row[i].argument)
			assert_string_equal(
				options.argument[row[i].option],
				row[i].argument);
		assert_int_equal(options.paths, row[i].paths);
		options_free(&options);
	}
}

static void wrong_usage_names_what_and_the_nearest(void **state)
{
	static const struct {
		const char *word[WORDS + 1];
		const char *text, *hint;
	} row[] = {
		{{"--fliter=x"}, "--fliter: no such option", "--filter?"},
		{{"--no-heder"}, "--no-heder: no such option",
		 "--no-header?"},
		{{"--xyzzy"}, "--xyzzy: no such option",
		 "acmtui --help lists them"},
		{{"-x"}, "-x: no such option", "acmtui --help lists them"},
		{{"-hx"}, "-x: no such option", "acmtui --help lists them"},
		{{"--filter"}, "--filter: EXPR is missing", ""},
		{{"-f"}, "-f: EXPR is missing", ""},
		{{"--strict=yes"}, "--strict: takes no argument", ""},
		{{"-j", "0"}, "--jobs: not a number from 1 to 1024: 0", ""},
		{{"-j-1"}, "--jobs: not a number from 1 to 1024: -1", ""},
		{{"-j4x"}, "--jobs: not a number from 1 to 1024: 4x", ""},
		{{"-j1025"}, "--jobs: not a number from 1 to 1024: 1025", ""},
		{{"--max-inflate=2X"}, "--max-inflate: not a size: 2X",
		 "bytes, or 512M, 2G"},
		{{"--max-memory=0"}, "--max-memory: not a size: 0",
		 "bytes, or 512M, 2G"},
		{{"--max-memory="}, "--max-memory: not a size: ",
		 "bytes, or 512M, 2G"},
		{{"--max-memory=G"}, "--max-memory: not a size: G",
		 "bytes, or 512M, 2G"},
		{{"--max-memory=99999999999999999999"},
		 "--max-memory: not a size: 99999999999999999999",
		 "bytes, or 512M, 2G"},
		{{"--max-memory=17179869184G"},
		 "--max-memory: not a size: 17179869184G",
		 "bytes, or 512M, 2G"},
		{{"--max-memory=1GG"}, "--max-memory: not a size: 1GG",
		 "bytes, or 512M, 2G"},
		{{"--color=red"},
		 "--color: not auto, always or never: red", ""},
		{{"--theme=pink"},
		 "--theme: not dark, light or mono: pink", ""},
		{{"-F-", "-"}, "-: standard input can be read once, as "
		 "--filter-file or as PATH", ""},
		{{"-F-", "-F", "-"}, "-: standard input can be read once, as "
		 "--filter-file or as PATH", ""},
		{{"--demo", "x"}, "--demo: takes no PATH", ""},
		{{"--config=x", "--no-config"},
		 "--config: not with --no-config", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct options options;
		struct error err = {0};

		if (parse(row[i].word, &options, &err))
			fail_msg("row %zu is accepted", i);
		assert_string_equal(err.text, row[i].text);
		assert_string_equal(err.hint, row[i].hint);
		options_free(&options);
	}
}

static void sizes_are_bytes_or_powers_of_1024(void **state)
{
	static const struct {
		const char *text;
		uint64_t size;
	} row[] = {
		{"--max-inflate=1", 1},
		{"--max-inflate=4096", 4096},
		{"--max-inflate=1k", 1024},
		{"--max-inflate=512M", UINT64_C(512) << 20},
		{"--max-inflate=2G", UINT64_C(2) << 30},
		{"--max-inflate=2GiB", UINT64_C(2) << 30},
		{"--max-inflate=2gB", UINT64_C(2) << 30},
		{"--max-inflate=1T", UINT64_C(1) << 40},
		{"--max-inflate=1844674407370955160",
		 UINT64_C(1844674407370955160)},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		const char *word[] = {row[i].text, NULL};
		struct options options;
		struct error err;

		assert_true(parse(word, &options, &err));
		assert_int_equal(options.max_inflate, row[i].size);
		options_free(&options);
	}
}

static void filters_and_filter_files_keep_their_order(void **state)
{
	static const char *const word[] = {
		"-f", "a", "-Fb", "--filter=c", NULL};
	struct options options;
	struct error err;

	(void)state;
	assert_true(parse(word, &options, &err));
	assert_int_equal(options.filters, 3);
	assert_string_equal(options.filter[0].text, "a");
	assert_false(options.filter[0].file);
	assert_string_equal(options.filter[1].text, "b");
	assert_true(options.filter[1].file);
	assert_string_equal(options.filter[2].text, "c");
	assert_false(options.filter[2].file);
	options_free(&options);
}

static void help_tells_every_option_within_79_columns(void **state)
{
	struct buffer out = {0};
	const char *text;

	(void)state;
	options_help(&out);
	text = buffer_text(&out);
	for (int o = 0; o < OPTION_COUNT; o++) {
		const struct option_info *info = options_info(o);
		char name[64];

		snprintf(name, sizeof name, "--%s%s%s", info->name,
			 info->argument ? "=" : " ",
			 info->argument ? info->argument : "");
		if (!strstr(text, name))
			fail_msg("%s is not in the help", name);
	}
	for (const char *line = text; *line;) {
		size_t n = strcspn(line, "\n");

		if (n > 79)
			fail_msg("too wide: %.*s", (int)n, line);
		line += n + (line[n] == '\n');
	}
	buffer_free(&out);
}

static void no_two_options_share_a_name_or_a_letter(void **state)
{
	(void)state;
	for (int a = 0; a < OPTION_COUNT; a++)
		for (int b = 0; b < a; b++) {
			assert_string_not_equal(options_info(a)->name,
						options_info(b)->name);
			if (options_info(a)->letter)
				assert_int_not_equal(options_info(a)->letter,
						     options_info(b)->letter);
		}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_spelling_of_an_option_is_read),
		cmocka_unit_test(wrong_usage_names_what_and_the_nearest),
		cmocka_unit_test(sizes_are_bytes_or_powers_of_1024),
		cmocka_unit_test(filters_and_filter_files_keep_their_order),
		cmocka_unit_test(help_tells_every_option_within_79_columns),
		cmocka_unit_test(no_two_options_share_a_name_or_a_letter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
