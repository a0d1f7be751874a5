/* JSONTestSuite and its transforms, read where they are: what must be read is,
 * what must be refused is, and what is up to a reader is pinned here. */
#include "json_support.h"

#include "json/decode.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum verdict {
	ACCEPTED, /* relaxed reading reads it all as one value */
	DAMAGED,  /* it keeps what there is up to the end */
	MORE      /* it reads a value, and something follows */
};

#define NUMBER "a number of any size is kept as it stands"
#define ESCAPE "the escape of half a pair is within the grammar, and is kept"
#define BYTES "what is not UTF-8 is not text (RFC 8259, 8.1)"
#define UTF16 "JSON is exchanged in UTF-8 (RFC 8259, 8.1)"

/* What is up to the reader: strict reading's verdict and the reason. */
static const struct {
	const char *name;
	bool accepted;
	const char *reason;
} free_cases[] = {
	{"i_number_double_huge_neg_exp", true, NUMBER},
	{"i_number_huge_exp", true, NUMBER},
	{"i_number_neg_int_huge_exp", true, NUMBER},
	{"i_number_pos_double_huge_exp", true, NUMBER},
	{"i_number_real_neg_overflow", true, NUMBER},
	{"i_number_real_pos_overflow", true, NUMBER},
	{"i_number_real_underflow", true, NUMBER},
	{"i_number_too_big_neg_int", true, NUMBER},
	{"i_number_too_big_pos_int", true, NUMBER},
	{"i_number_very_big_negative_int", true, NUMBER},
	{"i_object_key_lone_2nd_surrogate", true, ESCAPE},
	{"i_string_1st_surrogate_but_2nd_missing", true, ESCAPE},
	{"i_string_1st_valid_surrogate_2nd_invalid", true, ESCAPE},
	{"i_string_UTF-16LE_with_BOM", false, UTF16},
	{"i_string_UTF-8_invalid_sequence", false, BYTES},
	{"i_string_UTF8_surrogate_U+D800", false, BYTES},
	{"i_string_incomplete_surrogate_and_escape_valid", true, ESCAPE},
	{"i_string_incomplete_surrogate_pair", true, ESCAPE},
	{"i_string_incomplete_surrogates_escape_valid", true, ESCAPE},
	{"i_string_invalid_lonely_surrogate", true, ESCAPE},
	{"i_string_invalid_surrogate", true, ESCAPE},
	{"i_string_invalid_utf-8", false, BYTES},
	{"i_string_inverted_surrogates_U+1D11E", true, ESCAPE},
	{"i_string_iso_latin_1", false, BYTES},
	{"i_string_lone_second_surrogate", true, ESCAPE},
	{"i_string_lone_utf8_continuation_byte", false, BYTES},
	{"i_string_not_in_unicode_range", false, BYTES},
	{"i_string_overlong_sequence_2_bytes", false, BYTES},
	{"i_string_overlong_sequence_6_bytes", false, BYTES},
	{"i_string_overlong_sequence_6_bytes_null", false, BYTES},
	{"i_string_truncated-utf-8", false, BYTES},
	{"i_string_utf16BE_no_BOM", false, UTF16},
	{"i_string_utf16LE_no_BOM", false, UTF16},
	{"i_structure_500_nested_arrays", true, "nesting may be 512 deep"},
	{"i_structure_UTF-8_BOM_empty_object",
	 true, "whoever opens a file skips its byte order mark"},
};

/* What strict reading must refuse: what relaxed reading makes of it, and what
 * it tells first, which is also why strict reading refuses it. */
static const struct {
	const char *name;
	enum verdict relaxed;
	const char *told;
} bad_cases[] = {
	{"n_array_1_true_without_comma", ACCEPTED, "missing comma"},
	{"n_array_a_invalid_utf8", ACCEPTED, "bare word"},
	{"n_array_colon_instead_of_comma", ACCEPTED, "extra colon"},
	{"n_array_comma_after_close", MORE, "behind the value"},
	{"n_array_comma_and_number", ACCEPTED, "extra comma"},
	{"n_array_double_comma", ACCEPTED, "extra comma"},
	{"n_array_double_extra_comma", ACCEPTED, "extra comma"},
	{"n_array_extra_close", MORE, "behind the value"},
	{"n_array_extra_comma", ACCEPTED, "trailing comma"},
	{"n_array_incomplete", DAMAGED, "unclosed array"},
	{"n_array_incomplete_invalid_value", DAMAGED, "bare word"},
	{"n_array_inner_array_no_comma", ACCEPTED, "missing comma"},
	{"n_array_invalid_utf8", ACCEPTED, "bare word"},
	{"n_array_items_separated_by_semicolon", ACCEPTED, "extra colon"},
	{"n_array_just_comma", ACCEPTED, "extra comma"},
	{"n_array_just_minus", ACCEPTED, "bad number"},
	{"n_array_missing_value", ACCEPTED, "extra comma"},
	{"n_array_newlines_unclosed", DAMAGED, "unclosed array"},
	{"n_array_number_and_comma", ACCEPTED, "trailing comma"},
	{"n_array_number_and_several_commas", ACCEPTED, "extra comma"},
	{"n_array_spaces_vertical_tab_formfeed", ACCEPTED,
	 "control character in a string"},
	{"n_array_star_inside", ACCEPTED, "bare word"},
	{"n_array_unclosed", DAMAGED, "unclosed array"},
	{"n_array_unclosed_trailing_comma", DAMAGED, "unclosed array"},
	{"n_array_unclosed_with_new_lines", DAMAGED, "unclosed array"},
	{"n_array_unclosed_with_object_inside", DAMAGED, "unclosed array"},
	{"n_incomplete_false", ACCEPTED, "bare word"},
	{"n_incomplete_null", ACCEPTED, "bare word"},
	{"n_incomplete_true", ACCEPTED, "bare word"},
	{"n_multidigit_number_then_00", MORE, "behind the value"},
	{"n_number_++", ACCEPTED, "bare word"},
	{"n_number_+1", ACCEPTED, "bad number"},
	{"n_number_+Inf", ACCEPTED, "bare word"},
	{"n_number_-01", ACCEPTED, "bad number"},
	{"n_number_-1.0.", ACCEPTED, "bad number"},
	{"n_number_-2.", ACCEPTED, "bad number"},
	{"n_number_-NaN", ACCEPTED, "bad number"},
	{"n_number_.-1", ACCEPTED, "bare word"},
	{"n_number_.2e-3", ACCEPTED, "bad number"},
	{"n_number_0.1.2", ACCEPTED, "bad number"},
	{"n_number_0.3e+", ACCEPTED, "bad number"},
	{"n_number_0.3e", ACCEPTED, "bad number"},
	{"n_number_0.e1", ACCEPTED, "bad number"},
	{"n_number_0_capital_E+", ACCEPTED, "bad number"},
	{"n_number_0_capital_E", ACCEPTED, "bad number"},
	{"n_number_0e+", ACCEPTED, "bad number"},
	{"n_number_0e", ACCEPTED, "bad number"},
	{"n_number_1.0e+", ACCEPTED, "bad number"},
	{"n_number_1.0e-", ACCEPTED, "bad number"},
	{"n_number_1.0e", ACCEPTED, "bad number"},
	{"n_number_1_000", ACCEPTED, "unexpected text"},
	{"n_number_1eE2", ACCEPTED, "bad number"},
	{"n_number_2.e+3", ACCEPTED, "bad number"},
	{"n_number_2.e-3", ACCEPTED, "bad number"},
	{"n_number_2.e3", ACCEPTED, "bad number"},
	{"n_number_9.e+", ACCEPTED, "bad number"},
	{"n_number_Inf", ACCEPTED, "bare word"},
	{"n_number_NaN", ACCEPTED, "bad number"},
	{"n_number_U+FF11_fullwidth_digit_one", ACCEPTED, "bare word"},
	{"n_number_expression", ACCEPTED, "bad number"},
	{"n_number_hex_1_digit", ACCEPTED, "bad number"},
	{"n_number_hex_2_digits", ACCEPTED, "bad number"},
	{"n_number_infinity", ACCEPTED, "bad number"},
	{"n_number_invalid+-", ACCEPTED, "bad number"},
	{"n_number_invalid-negative-real", ACCEPTED, "bad number"},
	{"n_number_invalid-utf-8-in-bigger-int", ACCEPTED, "bad number"},
	{"n_number_invalid-utf-8-in-exponent", ACCEPTED, "bad number"},
	{"n_number_invalid-utf-8-in-int", ACCEPTED, "bad number"},
	{"n_number_minus_infinity", ACCEPTED, "bad number"},
	{"n_number_minus_sign_with_trailing_garbage", ACCEPTED, "bad number"},
	{"n_number_minus_space_1", ACCEPTED, "bad number"},
	{"n_number_neg_int_starting_with_zero", ACCEPTED, "bad number"},
	{"n_number_neg_real_without_int_part", ACCEPTED, "bad number"},
	{"n_number_neg_with_garbage_at_end", ACCEPTED, "bad number"},
	{"n_number_real_garbage_after_e", ACCEPTED, "bad number"},
	{"n_number_real_with_invalid_utf8_after_e", ACCEPTED, "bad number"},
	{"n_number_real_without_fractional_part", ACCEPTED, "bad number"},
	{"n_number_starting_with_dot", ACCEPTED, "bad number"},
	{"n_number_with_alpha", ACCEPTED, "bad number"},
	{"n_number_with_alpha_char", ACCEPTED, "bad number"},
	{"n_number_with_leading_zero", ACCEPTED, "bad number"},
	{"n_object_bad_value", ACCEPTED, "bare word"},
	{"n_object_bracket_key", ACCEPTED, "missing key"},
	{"n_object_comma_instead_of_colon", ACCEPTED, "missing value"},
	{"n_object_double_colon", ACCEPTED, "extra colon"},
	{"n_object_emoji", ACCEPTED, "unexpected text"},
	{"n_object_garbage_at_end", ACCEPTED, "unexpected text"},
	{"n_object_key_with_single_quotes", ACCEPTED, "unquoted key"},
	{"n_object_lone_continuation_byte_in_key_and_trailing_comma", ACCEPTED,
	 "invalid UTF-8"},
	{"n_object_missing_colon", ACCEPTED, "missing colon"},
	{"n_object_missing_key", ACCEPTED, "missing key"},
	{"n_object_missing_semicolon", ACCEPTED, "missing colon"},
	{"n_object_missing_value", DAMAGED, "unclosed object"},
	{"n_object_no-colon", DAMAGED, "unclosed object"},
	{"n_object_non_string_key", ACCEPTED, "unquoted key"},
	{"n_object_non_string_key_but_huge_number_instead", ACCEPTED,
	 "unquoted key"},
	{"n_object_repeated_null_null", ACCEPTED, "unquoted key"},
	{"n_object_several_trailing_commas", ACCEPTED, "extra comma"},
	{"n_object_single_quote", ACCEPTED, "single quotes"},
	{"n_object_trailing_comma", ACCEPTED, "trailing comma"},
	{"n_object_trailing_comment", MORE, "behind the value"},
	{"n_object_trailing_comment_open", MORE, "behind the value"},
	{"n_object_trailing_comment_slash_open", MORE, "behind the value"},
	{"n_object_trailing_comment_slash_open_incomplete", MORE,
	 "behind the value"},
	{"n_object_two_commas_in_a_row", ACCEPTED, "extra comma"},
	{"n_object_unquoted_key", ACCEPTED, "unquoted key"},
	{"n_object_unterminated-value", DAMAGED, "unclosed string"},
	{"n_object_with_single_string", ACCEPTED, "missing value"},
	{"n_object_with_trailing_garbage", MORE, "behind the value"},
	{"n_single_space", DAMAGED, "no value"},
	{"n_string_1_surrogate_then_escape", DAMAGED, "unclosed string"},
	{"n_string_1_surrogate_then_escape_u", ACCEPTED, "bad escape"},
	{"n_string_1_surrogate_then_escape_u1", ACCEPTED, "bad escape"},
	{"n_string_1_surrogate_then_escape_u1x", ACCEPTED, "bad escape"},
	{"n_string_accentuated_char_no_quotes", ACCEPTED, "bare word"},
	{"n_string_backslash_00", ACCEPTED, "bad escape"},
	{"n_string_escape_x", ACCEPTED, "bad escape"},
	{"n_string_escaped_backslash_bad", DAMAGED, "unclosed string"},
	{"n_string_escaped_ctrl_char_tab", ACCEPTED, "bad escape"},
	{"n_string_escaped_emoji", ACCEPTED, "bad escape"},
	{"n_string_incomplete_escape", DAMAGED, "unclosed string"},
	{"n_string_incomplete_escaped_character", ACCEPTED, "bad escape"},
	{"n_string_incomplete_surrogate", ACCEPTED, "bad escape"},
	{"n_string_incomplete_surrogate_escape_invalid", ACCEPTED,
	 "bad escape"},
	{"n_string_invalid-utf-8-in-escape", ACCEPTED, "bad escape"},
	{"n_string_invalid_backslash_esc", ACCEPTED, "bad escape"},
	{"n_string_invalid_unicode_escape", ACCEPTED, "bad escape"},
	{"n_string_invalid_utf8_after_escape", ACCEPTED, "bad escape"},
	{"n_string_leading_uescaped_thinspace", ACCEPTED, "bare word"},
	{"n_string_no_quotes_with_bad_escape", ACCEPTED, "bare word"},
	{"n_string_single_doublequote", DAMAGED, "unclosed string"},
	{"n_string_single_quote", ACCEPTED, "single quotes"},
	{"n_string_single_string_no_double_quotes", ACCEPTED, "bare word"},
	{"n_string_start_escape_unclosed", DAMAGED, "unclosed string"},
	{"n_string_unescaped_ctrl_char", ACCEPTED,
	 "control character in a string"},
	{"n_string_unescaped_newline", ACCEPTED, "line break in a string"},
	{"n_string_unescaped_tab", ACCEPTED, "control character in a string"},
	{"n_string_unicode_CapitalU", ACCEPTED, "bad escape"},
	{"n_string_with_trailing_garbage", MORE, "behind the value"},
	{"n_structure_100000_opening_arrays", DAMAGED, "nested too deeply"},
	{"n_structure_U+2060_word_joined", ACCEPTED, "unusual white space"},
	{"n_structure_UTF8_BOM_no_data", DAMAGED, "no value"},
	{"n_structure_angle_bracket_.", ACCEPTED, "bare word"},
	{"n_structure_angle_bracket_null", ACCEPTED, "bare word"},
	{"n_structure_array_trailing_garbage", MORE, "behind the value"},
	{"n_structure_array_with_extra_array_close", MORE, "behind the value"},
	{"n_structure_array_with_unclosed_string", DAMAGED, "unclosed string"},
	{"n_structure_ascii-unicode-identifier", ACCEPTED, "bare word"},
	{"n_structure_capitalized_True", ACCEPTED, "bare word"},
	{"n_structure_close_unopened_array", MORE, "behind the value"},
	{"n_structure_comma_instead_of_closing_brace", DAMAGED,
	 "unclosed object"},
	{"n_structure_double_array", MORE, "behind the value"},
	{"n_structure_end_array", DAMAGED, "stray bracket"},
	{"n_structure_incomplete_UTF8_BOM", MORE, "bare word"},
	{"n_structure_lone-invalid-utf-8", ACCEPTED, "bare word"},
	{"n_structure_lone-open-bracket", DAMAGED, "unclosed array"},
	{"n_structure_no_data", DAMAGED, "no value"},
	{"n_structure_null-byte-outside-string", ACCEPTED,
	 "stray control character"},
	{"n_structure_number_with_trailing_garbage", ACCEPTED, "bad number"},
	{"n_structure_object_followed_by_closing_object", MORE,
	 "behind the value"},
	{"n_structure_object_unclosed_no_value", DAMAGED, "unclosed object"},
	{"n_structure_object_with_comment", ACCEPTED, "comment"},
	{"n_structure_object_with_trailing_garbage", MORE, "behind the value"},
	{"n_structure_open_array_apostrophe", DAMAGED, "single quotes"},
	{"n_structure_open_array_comma", DAMAGED, "extra comma"},
	{"n_structure_open_array_object", DAMAGED, "nested too deeply"},
	{"n_structure_open_array_open_object", DAMAGED, "unclosed object"},
	{"n_structure_open_array_open_string", DAMAGED, "unclosed string"},
	{"n_structure_open_array_string", DAMAGED, "unclosed array"},
	{"n_structure_open_object", DAMAGED, "unclosed object"},
	{"n_structure_open_object_close_array", DAMAGED, "wrong bracket"},
	{"n_structure_open_object_comma", DAMAGED, "extra comma"},
	{"n_structure_open_object_open_array", DAMAGED, "missing key"},
	{"n_structure_open_object_open_string", DAMAGED, "unclosed string"},
	{"n_structure_open_object_string_with_apostrophes", DAMAGED,
	 "single quotes"},
	{"n_structure_open_open", DAMAGED, "bad escape"},
	{"n_structure_single_eacute", ACCEPTED, "bare word"},
	{"n_structure_single_star", ACCEPTED, "bare word"},
	{"n_structure_trailing_#", MORE, "behind the value"},
	{"n_structure_uescaped_LF_before_string", ACCEPTED, "bare word"},
	{"n_structure_unclosed_array", DAMAGED, "unclosed array"},
	{"n_structure_unclosed_array_partial_null", DAMAGED, "bare word"},
	{"n_structure_unclosed_array_unfinished_false", DAMAGED, "bare word"},
	{"n_structure_unclosed_array_unfinished_true", DAMAGED, "bare word"},
	{"n_structure_unclosed_object", DAMAGED, "unclosed object"},
	{"n_structure_unicode-identifier", ACCEPTED, "bare word"},
	{"n_structure_whitespace_U+2060_word_joiner", ACCEPTED,
	 "unusual white space"},
	{"n_structure_whitespace_formfeed", ACCEPTED,
	 "stray control character"},
};

/* The loader skips a byte order mark, so these tests do. */
static const char *skip_mark(const struct buffer *content)
{
	if (content->n >= 3 && memcmp(content->p, "\xef\xbb\xbf", 3) == 0)
		return content->p + 3;
	return content->p;
}

/* The content of FOLDER/NAME.json as an exact copy; the caller frees. */
static char *read_case(const char *folder, const char *name, size_t *n)
{
	char file[256];
	struct buffer content;
	char *copy;
	const char *from;

	snprintf(file, sizeof file, "%s.json", name);
	content = read_file(folder, file);
	from = skip_mark(&content);
	*n = content.n - (size_t)(from - content.p);
	copy = exact_copy(from, *n);
	buffer_free(&content);
	return copy;
}

/* Whether TEXT is one value by both twins; if not, FAULT->what says why. */
static bool is_json(struct scan *scan, const char *text, size_t n,
		    struct scan_fault *fault)
{
	struct scan_fault plain_fault = {0};
	const char *after = NULL, *plain_after = NULL;
	enum scan_end end = scan_strict_plain(scan, text, text + n, true,
					      &plain_after, &plain_fault);

	*fault = (struct scan_fault){.what = "behind the value"};
	assert_int_equal(scan_strict(scan, text, text + n, true, &after,
				     fault), end);
	assert_ptr_equal(after, plain_after);
	if (end != SCAN_WHOLE) {
		assert_ptr_equal(fault->at, plain_fault.at);
		return false;
	}
	assert_rebuilt(scan, scan_blank(text, text + n), after);
	return scan_blank(after, text + n) == text + n;
}

static void tell_first(void *context, const struct scan_fault *fault)
{
	const char **told = context;

	if (!*told)
		*told = fault->what;
}

static enum verdict relaxed_verdict(struct scan *scan, const char *text,
				    size_t n, const char **told)
{
	const char *after = NULL;
	enum scan_end end;

	*told = NULL;
	end = scan_relaxed(scan, text, text + n, &after, tell_first, told);
	assert_rebuilt(scan, scan_blank(text, text + n),
		       end == SCAN_WHOLE ? after : text + n);
	if (end != SCAN_WHOLE)
		return DAMAGED;
	return scan_blank(after, text + n) == text + n ? ACCEPTED : MORE;
}

static size_t count_cases(const char *folder, const char *head)
{
	DIR *entries = opendir(folder);
	struct dirent *entry;
	size_t count = 0;

	assert_non_null(entries);
	while ((entry = readdir(entries)))
		count += strncmp(entry->d_name, head, strlen(head)) == 0;
	closedir(entries);
	return count;
}

static void what_is_json_is_read(void **state)
{
	const char *folder = shared_folder("conformance/json");
	DIR *entries = opendir(folder);
	struct scan scan = {0};
	struct dirent *entry;
	size_t count = 0;

	(void)state;
	assert_non_null(entries);
	while ((entry = readdir(entries))) {
		struct scan_fault fault;
		const char *told;
		char name[256];
		char *text;
		size_t n;

		if (strncmp(entry->d_name, "y_", 2) != 0)
			continue;
		snprintf(name, sizeof name, "%.*s",
			 (int)strlen(entry->d_name) - 5, entry->d_name);
		text = read_case(folder, name, &n);
		if (!is_json(&scan, text, n, &fault))
			fail_msg("%s: %s", name, fault.what);
		assert_int_equal(relaxed_verdict(&scan, text, n, &told),
				 ACCEPTED);
		assert_null(told);
		free(text);
		count++;
	}
	closedir(entries);
	assert_int_equal(count, 95);
	scan_free(&scan);
}

static void what_is_not_json_is_refused_and_relaxed_as_pinned(void **state)
{
	const char *folder = shared_folder("conformance/json");
	struct scan scan = {0};

	(void)state;
	assert_int_equal(COUNT(bad_cases), 188);
	assert_int_equal(count_cases(folder, "n_"), 188);
	for (size_t i = 0; i < COUNT(bad_cases); i++) {
		struct scan_fault fault;
		enum verdict verdict;
		const char *told;
		size_t n;
		char *text = read_case(folder, bad_cases[i].name, &n);

		if (is_json(&scan, text, n, &fault))
			fail_msg("%s was read", bad_cases[i].name);
		assert_string_equal(fault.what, bad_cases[i].told);
		verdict = relaxed_verdict(&scan, text, n, &told);
		if (verdict != bad_cases[i].relaxed)
			fail_msg("%s: relaxed verdict %d", bad_cases[i].name,
				 (int)verdict);
		if (told)
			assert_string_equal(told, bad_cases[i].told);
		else
			assert_int_equal(verdict, MORE);
		free(text);
	}
	scan_free(&scan);
}

static void what_is_up_to_the_reader_is_as_pinned(void **state)
{
	const char *folder = shared_folder("conformance/json");
	struct scan scan = {0};

	(void)state;
	assert_int_equal(COUNT(free_cases), 35);
	assert_int_equal(count_cases(folder, "i_"), 35);
	for (size_t i = 0; i < COUNT(free_cases); i++) {
		struct scan_fault fault;
		size_t n;
		char *text = read_case(folder, free_cases[i].name, &n);

		if (is_json(&scan, text, n, &fault) != free_cases[i].accepted)
			fail_msg("%s: not so: %s", free_cases[i].name,
				 free_cases[i].reason);
		free(text);
	}
	scan_free(&scan);
}

/* What other readers change: duplicate keys, great numbers, NUL, surrogates. */
static void what_other_readers_change_is_kept(void **state)
{
	static const struct {
		const char *name;
		const char *tokens;  /* as they stand, | between them */
		const char *decoded; /* the first string, or NULL */
	} row[] = {
		{"number_-9223372036854775808", "-9223372036854775808", NULL},
		{"number_-9223372036854775809", "-9223372036854775809", NULL},
		{"number_1.0", "1.0", NULL},
		{"number_1.000000000000000005", "1.000000000000000005", NULL},
		{"number_1000000000000000", "1000000000000000", NULL},
		{"number_10000000000000000999", "10000000000000000999", NULL},
		{"number_1e-999", "1E-999", NULL},
		{"number_1e6", "1E6", NULL},
		{"number_9223372036854775807", "9223372036854775807", NULL},
		{"number_9223372036854775808", "9223372036854775808", NULL},
		{"object_key_nfc_nfd", "NFC|NFD", "NFC"},
		{"object_key_nfd_nfc", "NFD|NFC", "NFD"},
		{"object_same_key_different_values", "1|2", NULL},
		{"object_same_key_same_value", "1|1", NULL},
		{"object_same_key_unclear_values", "0|-0", NULL},
		{"string_1_escaped_invalid_codepoint", "\\uD800",
		 "\xed\xa0\x80"},
		{"string_2_escaped_invalid_codepoints", "\\uD800\\uD800",
		 "\xed\xa0\x80\xed\xa0\x80"},
		{"string_3_escaped_invalid_codepoints",
		 "\\uD800\\uD800\\uD800",
		 "\xed\xa0\x80\xed\xa0\x80\xed\xa0\x80"},
		{"string_with_escaped_NULL", "A\\u0000B", "A?B"},
	};
	const char *folder = shared_folder("conformance/json-transform");
	struct scan scan = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct buffer tokens = {0}, text = {0};
		struct scan_fault fault;
		size_t n;
		char *content = read_case(folder, row[i].name, &n);

		if (!is_json(&scan, content, n, &fault))
			fail_msg("%s: %s", row[i].name, fault.what);
		for (size_t k = 0; k < scan.count; k++) {
			if (k > 0)
				buffer_add_byte(&tokens, '|');
			buffer_add(&tokens, scan.tokens[k].text,
				   scan.tokens[k].length);
		}
		assert_string_equal(buffer_text(&tokens), row[i].tokens);
		if (row[i].decoded) {
			decode_string((struct span){scan.tokens[0].text,
						    scan.tokens[0].length},
				      &text);
			assert_int_equal(text.n, strlen(row[i].decoded));
			for (size_t k = 0; k < text.n; k++)
				if (text.p[k] == '\0')
					text.p[k] = '?';
			assert_string_equal(buffer_text(&text),
					    row[i].decoded);
		}
		buffer_free(&tokens);
		buffer_free(&text);
		free(content);
	}
	scan_free(&scan);
}

/* The three transforms with raw bytes that are no characters. */
static void raw_bytes_that_are_no_character_are_kept_by_relaxed_reading(
	void **state)
{
	static const char *const row[] = {
		"string_1_invalid_codepoint", "string_2_invalid_codepoints",
		"string_3_invalid_codepoints",
	};
	const char *folder = shared_folder("conformance/json-transform");
	struct scan scan = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct scan_fault fault;
		const char *told;
		size_t n;
		char *text = read_case(folder, row[i], &n);

		assert_false(is_json(&scan, text, n, &fault));
		assert_string_equal(fault.what, "invalid UTF-8");
		assert_int_equal(relaxed_verdict(&scan, text, n, &told),
				 ACCEPTED);
		assert_string_equal(told, "invalid UTF-8");
		free(text);
	}
	scan_free(&scan);
}

static void real_trails_come_back_byte_for_byte(void **state)
{
	const char *folder =
		shared_folder("trails/invictus-aws-dataset/CloudTrail");
	DIR *entries = opendir(folder);
	struct scan scan = {0};
	struct dirent *entry;
	size_t files = 0;

	(void)state;
	assert_non_null(entries);
	while ((entry = readdir(entries))) {
		struct scan_fault fault;
		struct buffer text;

		if (!strstr(entry->d_name, ".json"))
			continue;
		text = read_file(folder, entry->d_name);
		if (!is_json(&scan, text.p, text.n, &fault))
			fail_msg("%s: %s", entry->d_name, fault.what);
		buffer_free(&text);
		files++;
	}
	closedir(entries);
	assert_true(files > 0);
	scan_free(&scan);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_json_is_read),
		cmocka_unit_test(
			what_is_not_json_is_refused_and_relaxed_as_pinned),
		cmocka_unit_test(what_is_up_to_the_reader_is_as_pinned),
		cmocka_unit_test(what_other_readers_change_is_kept),
		cmocka_unit_test(
			raw_bytes_that_are_no_character_are_kept_by_relaxed_reading),
		cmocka_unit_test(real_trails_come_back_byte_for_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
