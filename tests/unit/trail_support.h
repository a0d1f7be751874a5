/* What the tests of trail/ share: records made of JSON text. */
#ifndef TRAIL_SUPPORT_H
#define TRAIL_SUPPORT_H

#include "base/buffer.h"
#include "json/decode.h"
#include "json/scan.h"
#include "store/shapes.h"
#include "trail/fields.h"
#include "trail/record.h"
#include "trail/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* A record that was scanned.  As its texts live only until the next is read,
 * each is a fresh block and the one before is freed. */
struct made {
	struct scan scan;
	uint16_t field[FIELD_COUNT];
	struct record record;
	char *last;
};

static inline struct span made_text(const struct record *r, uint32_t slot)
{
	struct made *made = (struct made *)r->context;
	const struct scan_token *token = &made->scan.tokens[slot];
	struct buffer text = {0};
	size_t n;

	free(made->last);
	made->last = NULL;
	if (token->kind == SCAN_NULL)
		return (struct span){NULL, 0};
	if (token->escaped)
		decode_string((struct span){token->text, token->length}, &text);
	else
		buffer_add(&text, token->text, token->length);
	made->last = malloc(text.n > 0 ? text.n : 1);
	assert_non_null(made->last);
	if (text.n > 0)
		memcpy(made->last, text.p, text.n);
	n = text.n;
	buffer_free(&text);
	return (struct span){made->last, n};
}

/* JSON must stay. */
static inline void make_record(struct made *made, const char *json)
{
	struct scan_fault fault;
	const char *after;

	memset(made, 0, sizeof *made);
	if (scan_strict(&made->scan, json, json + strlen(json), true, &after,
			&fault) != SCAN_WHOLE)
		fail_msg("%s: %s", json, fault.what);
	fields_resolve(buffer_span(&made->scan.template), NULL, made->field);
	made->record = (struct record){
		.field = made->field,
		.text = made_text,
		.context = made,
	};
}

static inline void free_record(struct made *made)
{
	free(made->last);
	scan_free(&made->scan);
}

/* Whether TEXT is WANT; NULL wants none. */
#define assert_text(text, want) \
	assert_text_at(text, want, __FILE__, __LINE__)

static inline void assert_text_at(struct span text, const char *want,
				  const char *file, int line)
{
	if (!want ? text.p != NULL : !span_is(text, want)) {
		print_error("%s:%d: \"%.*s\" is not \"%s\"\n", file, line,
			    (int)text.n, text.p ? text.p : "",
			    want ? want : "(none)");
		_fail(file, line);
	}
}

#endif
