/* Any bytes, read strictly and with permissions: both twins agree, nothing is
 * lost, the first notice is what strict reading stumbles over, reading in
 * pieces changes no verdict, the walk finds every token, and cJSON reads the
 * same keys and values or is known to forgive what was wrong. */
#include "json/decode.h"
#include "json/paths.h"
#include "json/scan.h"

#include "../unit/rebuilt.h"

#include <cjson/cJSON.h>
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

	rebuild(scan, &out);
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
	size_t slots = 0, open = 0, looked_for = 0;

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
		if (event != PATHS_SKIPPED && looked_for++ < 40)
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

/* Up to its first NUL, where the texts of cJSON end. */
static bool same_text(struct span token, const char *text)
{
	struct buffer decoded = {0};
	bool same;

	decode_string(token, &decoded);
	same = strcmp(buffer_text(&decoded), text) == 0;
	buffer_free(&decoded);
	return same;
}

static bool same_value(const struct scan_token *t, const cJSON *value)
{
	switch (t->kind) {
	case SCAN_STRING:
		return cJSON_IsString(value) &&
		       same_text((struct span){t->text, t->length},
				 value->valuestring);
	case SCAN_NUMBER:
		return cJSON_IsNumber(value) &&
		       strtod(t->text, NULL) == value->valuedouble;
	case SCAN_TRUE:
		return cJSON_IsTrue(value);
	case SCAN_FALSE:
		return cJSON_IsFalse(value);
	case SCAN_NULL:
		return cJSON_IsNull(value);
	default:
		return t->kind == SCAN_RAW && cJSON_IsArray(value);
	}
}

/* Every key and value in their order.  The text that was read ends in NUL. */
static void same_tree(const struct scan *scan, const cJSON *root)
{
	static struct paths_walk walk;
	const cJSON *parent[SCAN_DEPTH + 1], *next = root;
	enum paths_event event;

	paths_start(&walk, buffer_span(&scan->template));
	while ((event = paths_next(&walk)) != PATHS_END) {
		if (event == PATHS_CLOSE) {
			MUST(!next);
			next = parent[walk.depth]->next;
			continue;
		}
		MUST(next);
		if (walk.depth > 0 && walk.steps[walk.depth - 1].key.p)
			MUST(same_text(walk.steps[walk.depth - 1].key,
				       next->string));
		if (event == PATHS_LEAF) {
			MUST(same_value(&scan->tokens[walk.slot], next));
			next = next->next;
		} else {
			MUST(event == PATHS_OBJECT ? cJSON_IsObject(next)
						   : cJSON_IsArray(next));
			parent[walk.depth] = next;
			next = next->child;
		}
	}
}

/* What is known of cJSON 1.7: it forgives the faults below, reads numbers of at
 * most 62 characters, no lone surrogate, and any four characters behind \\u. */
static bool forgives(const struct scan_fault *fault)
{
	static const char *const faults[] = {
		"control character in a string", "line break in a string",
		"invalid UTF-8", "bad number", "unusual white space",
		"stray control character", "nested too deeply", "bad escape",
	};

	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
		if (strcmp(fault->what, faults[i]) == 0)
			return true;
	return false;
}

static bool is_beyond(const struct scan *scan, struct span text)
{
	for (size_t i = 0; i < scan->count; i++)
		if (scan->tokens[i].kind != SCAN_STRING &&
		    scan->tokens[i].length > 62)
			return true;
	return span_find(text, SPAN("\\ud")) || span_find(text, SPAN("\\uD"));
}

/* TEXT has a NUL behind it, and none inside. */
static void compare_peer(const struct scan *scan, enum scan_end got,
			 const struct scan_fault *fault, struct span text)
{
	cJSON *root = cJSON_ParseWithLengthOpts(text.p, text.n + 1, NULL, true);

	if (root && got != SCAN_WHOLE)
		MUST(forgives(fault));
	else if (root)
		same_tree(scan, root);
	else if (got == SCAN_WHOLE)
		MUST(is_beyond(scan, text));
	cJSON_Delete(root);
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

/* As a text that ends in NUL; what follows the value is another matter. */
static void read_as_peer(struct span text)
{
	static struct scan scan;
	struct buffer copy = {0};
	struct scan_fault fault = {0};
	const char *after = NULL, *end;
	enum scan_end got;

	buffer_add_span(&copy, text);
	text = (struct span){buffer_text(&copy), copy.n};
	end = text.p + text.n;
	got = scan_strict(&scan, text.p, end, true, &after, &fault);
	if (!memchr(text.p, '\0', text.n) &&
	    (got != SCAN_WHOLE || scan_blank(after, end) == end))
		compare_peer(&scan, got, &fault, text);
	buffer_free(&copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *copy = malloc(size > 0 ? size : 1);

	if (!copy)
		abort();
	if (size > 0)
		memcpy(copy, data, size);
	read_both(copy, copy + size);
	read_as_peer((struct span){copy, size});
	free(copy);
	return 0;
}
