/* What the tests of triage share: what an overview says of a trail. */
#ifndef TESTS_UNIT_TRIAGE_SUPPORT_H
#define TESTS_UNIT_TRIAGE_SUPPORT_H

#include "write_support.h"

#include "triage/index.h"
#include "triage/overview.h"
#include "write/answer_text.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* An overview as text or JSON; the caller frees. */
static inline char *says(const struct store *store, enum overview_kind kind,
			 const char *subject, bool json, bool *found)
{
	struct index *index = index_new(store);
	struct answer *answer = overview_answer(kind, index, NULL,
						span_of(subject), NULL,
						found);
	struct sink sink;
	int fd = support_sink(&sink, false);

	if (json)
		answer_text_write_json(&sink, answer, store);
	else
		answer_text_write(&sink, answer, SHOW_ASCII, STAMP_UTC);
	answer_free(answer);
	assert_int_equal(index_version(index), store_version(store));
	assert_ptr_equal(index_store(index), store);
	index_free(index);
	return support_written(&sink, fd);
}

/* Lines with every run of blanks made one, so that no width matters. */
static inline void squeeze(char *text)
{
	char *to = text;

	for (const char *p = text; *p; p++)
		if (*p != ' ' || (to > text && to[-1] != ' '))
			*to++ = *p;
	*to = '\0';
}

/* Fails unless TEXT holds WANT; with `!` before it, unless it does not. */
static inline void assert_says(const char *text, const char *want, size_t row)
{
	bool absent = want[0] == '!';

	if ((strstr(text, want + absent) != NULL) == absent)
		fail_msg("row %zu: %s: in\n%s", row, want, text);
}

#endif
