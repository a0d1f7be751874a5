/* What the tests of query/ share: a view to read filters with, in which every
 * time and name means something. */
#ifndef QUERY_SUPPORT_H
#define QUERY_SUPPORT_H

#include "base/memory.h"
#include "query/filter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* 2016-03-17T23:58:25Z, 2018-05-24T15:28:11Z */
#define SUPPORT_FIRST INT64_C(1458259105000)
#define SUPPORT_LAST INT64_C(1527175691000)

static const struct filter_saved support_saved[] = {
	{"mine", "who=Alice or who=Bob"},
	{"two words", "error?"},
	{"outer", "saved:mine event~^Get"},
	{"circle", "saved:circle"},
	{"broken", "usr=x"},
	{"empty", " "},
	{"exports", "event=ExportCertificate"},
};

/* The list NAMES is `names.txt` in the folder of the test. */
static inline struct filter_view support_view(struct lists *lists)
{
	return (struct filter_view){
		.predicate = {
			.moment = {.zone = STAMP_UTC, .loaded = true,
				   .first = SUPPORT_FIRST,
				   .last = SUPPORT_LAST,
				   .selected = SUPPORT_LAST},
			.lists = lists,
		},
		.saved = support_saved,
		.saved_count = COUNT(support_saved),
	};
}

static inline void support_write(const char *name, const char *text)
{
	FILE *f = fopen(name, "w");

	assert_non_null(f);
	assert_int_equal(fputs(text, f) >= 0, 1);
	assert_int_equal(fclose(f), 0);
}

/* The filter's one spelling; the caller frees. */
static inline char *support_print(const struct filter *filter)
{
	struct buffer out = {0};

	filter_print(filter, &out);
	return buffer_take(&out);
}

#endif
