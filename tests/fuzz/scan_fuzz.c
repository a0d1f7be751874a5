/* Any bytes, read strictly and with permissions: both twins agree, nothing is
 * lost, the first notice is what strict reading stumbles over, reading in
 * pieces changes no verdict, and the walk finds every token. */
#include "json/decode.h"
#include "json/paths.h"
#include "json/scan.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(condition) \
	((condition) ? (void)0 : broken(#condition, __LINE__))

static _Noreturn void broken(const char *condition, int line)
{
	fprintf(stderr, "line %d: not so: %s\n", line, condition);
	abort();
}

/* What the notices of a relaxed reading said. */
struct heard {
	size_t count;
	struct scan_fault first;
	struct scan_fault last;
};

static void hear(void *context, const struct scan_fault *fault)
{
	struct heard *heard = context;

	MUST(fault->what && fault->why);
	if (heard->count++ == 0)
		heard->first = *fault;
	else
		MUST(fault->at > heard->last.at ||
		     (fault->at == heard->last.at && fault->opened &&
		      !heard->last.opened));
	heard->last = *fault;
}

static void same_bytes(const struct scan *scan, const char *from,
		       const char *behind)
{
	struct buffer out = {0};

	scan_rebuild(scan, &out);
	MUST(out.n == (size_t)(behind - from));
	MUST(out.n == 0 || memcmp(out.p, from, out.n) == 0);
	buffer_free(&out);
}

static void same_parts(const struct scan *a, const struct scan *b)
{
	MUST(a->count == b->count);
	MUST(a->template.n == b->template.n);
	MUST(a->template.n == 0 ||
	     memcmp(a->template.p, b->template.p, a->template.n) == 0);
	for (size_t i = 0; i < a->count; i++) {
		const struct scan_token *x = &a->tokens[i];
		const struct scan_token *y = &b->tokens[i];

		MUST(x->text == y->text && x->length == y->length);
		MUST(x->kind == y->kind && x->escaped == y->escaped);
	}
}

static void same_fault(const struct scan_fault *a, const struct scan_fault *b)
{
	MUST(a->at == b->at && a->opened == b->opened);
	MUST(a->what == b->what && a->why == b->why && a->hint == b->hint);
}

/* A key with bytes that are not UTF-8 has no path: its text cannot tell
 * them. */
static void find_again(const struct paths_walk *walk)
{
	struct buffer way = {0};
	struct paths *path;

	paths_text(walk, &way);
	if (way.n > 0 && !span_find(buffer_span(&way), SPAN("\xef\xbf\xbd"))) {
		path = paths_parse(buffer_span(&way), NULL);
		MUST(path && paths_match(path, walk));
		paths_free(path);
	}
	buffer_free(&way);
}

static void walk_all(const struct scan *scan)
{
	static struct paths_walk walk;
	enum paths_event event;
	size_t slots = 0, open = 0;

	paths_start(&walk, buffer_span(&scan->template));
	while ((event = paths_next(&walk)) != PATHS_END) {
		if (event == PATHS_OBJECT || event == PATHS_ARRAY) {
			open++;
		} else if (event == PATHS_CLOSE) {
			MUST(open > 0);
			open--;
		} else {
			MUST(walk.slot == slots && slots < scan->count);
			MUST((event == PATHS_SKIPPED) ==
			     (scan->tokens[slots].kind == SCAN_SKIPPED));
			slots++;
		}
		if (slots < 40 && event != PATHS_SKIPPED)
			find_again(&walk);
	}
	MUST(open == 0);
	MUST(slots == scan->count);
}

static void decode_all(const struct scan *scan)
{
	struct buffer text = {0}, quoted = {0}, again = {0};

	for (size_t i = 0; i < scan->count && i < 40; i++) {
		const struct scan_token *t = &scan->tokens[i];

		if (t->kind != SCAN_STRING)
			continue;
		buffer_clear(&text);
		buffer_clear(&quoted);
		buffer_clear(&again);
		decode_string((struct span){t->text, t->length}, &text);
		MUST(t->escaped || text.n == t->length);
		decode_quote(buffer_span(&text), &quoted);
		decode_string((struct span){quoted.p + 1, quoted.n - 2},
			      &again);
		MUST(span_equal(buffer_span(&text), buffer_span(&again)));
	}
	buffer_free(&text);
	buffer_free(&quoted);
	buffer_free(&again);
}

/* The beginning of N bytes has no other verdict than the whole. */
static void read_beginning(struct scan *scan, const char *from, size_t n,
			   enum scan_end end, const char *after,
			   const struct scan_fault *fault)
{
	struct scan_fault early = {0};
	const char *early_after = NULL;
	enum scan_end got = scan_strict(scan, from, from + n, false,
					&early_after, &early);

	if (got == SCAN_SHORT)
		return;
	MUST(got == end);
	if (got == SCAN_WHOLE)
		MUST(early_after == after);
	else
		same_fault(&early, fault);
}

static void read_both(const char *from, const char *end)
{
	static struct scan strict, plain, relaxed;
	struct scan_fault fault = {0}, plain_fault = {0};
	struct heard heard = {0};
	const char *after = NULL, *plain_after = NULL, *relaxed_after = NULL;
	const char *begin = scan_blank(from, end);
	enum scan_end whole, got;
	size_t n = (size_t)(end - from);

	whole = scan_strict(&strict, from, end, true, &after, &fault);
	got = scan_strict_plain(&plain, from, end, true, &plain_after,
				&plain_fault);
	MUST(whole == got && whole != SCAN_SHORT && after == plain_after);
	same_fault(&fault, &plain_fault);
	same_parts(&strict, &plain);

	got = scan_relaxed(&relaxed, from, end, &relaxed_after, hear, &heard);
	MUST(got != SCAN_SHORT);
	same_bytes(&relaxed, begin, got == SCAN_WHOLE ? relaxed_after : end);
	walk_all(&relaxed);
	MUST(got == SCAN_WHOLE || heard.count > 0);
	if (whole == SCAN_WHOLE) {
		MUST(got == SCAN_WHOLE && relaxed_after == after);
		MUST(heard.count == 0);
		same_parts(&strict, &relaxed);
		decode_all(&strict);
	} else {
		MUST(fault.at >= from && fault.at <= end);
		MUST(heard.count > 0 && heard.first.at == fault.at);
	}
	for (size_t cut = 1; cut <= 16; cut++)
		read_beginning(&plain, from, n * cut / 16, whole, after,
			       &fault);
	for (size_t cut = 1; cut <= 8 && cut <= n; cut++)
		read_beginning(&plain, from, n - cut, whole, after, &fault);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *copy = malloc(size > 0 ? size : 1);

	if (!copy)
		abort();
	if (size > 0)
		memcpy(copy, data, size);
	read_both(copy, copy + size);
	free(copy);
	return 0;
}
