/* Owns nothing: opens the JSON of a value, or its numbers, walks it behind the way
 * that led to the value, and hands out what the paths name. */
#include "trail/gates.h"

#include "base/memory.h"
#include "json/decode.h"
#include "json/scan.h"
#include "trail/unfold.h"

#include <stdlib.h>
#include <string.h>

/* An array of numbers that is kept whole. */
static bool is_numbers(const struct store *store, struct store_event e,
		       uint32_t value)
{
	const struct values *v = &store_segment(store, e.segment)->values;
	struct span text;

	if (values_kind(v, value) != SCAN_RAW || store_is_secret(value))
		return false;
	text = values_text(v, value);
	for (size_t i = 1; i + 1 < text.n; i++)
		if (text.p[i] == '\0' ||
		    !strchr("0123456789+-.eE, \t\r\n", text.p[i]))
			return false;
	return text.n > 2;
}

static bool may_open(const struct store *store, struct store_event e,
		     uint32_t slot)
{
	uint32_t value = store_slot(store, e, slot);
	const struct values *v = &store_segment(store, e.segment)->values;

	if (is_numbers(store, e, value))
		return true;
	if (values_kind(v, value) > SCAN_STRING_OPEN)
		return false;
	return unfold_may(store_is_secret(value) ? values_left(v, value)
						 : values_text(v, value));
}

bool gates_open(const struct slots_list *list, const struct store *store,
		struct store_event e)
{
	for (uint32_t i = 0; i < list->gates; i++)
		if (may_open(store, e, list->gate[i].slot))
			return true;
	return false;
}

/* The walk through what a gate leads to. */
struct passage {
	const struct slots *slots;
	const struct slots_gate *gate;
	struct scan scan;
	struct paths_walk inner;        /* in the document */
	struct paths_walk whole;        /* the way to the gate, then inner */
	struct buffer text;
	bool (*each)(void *context, struct span text, uint32_t value);
	void *context;
};

static bool tell(struct passage *p)
{
	const struct scan_token *t = &p->scan.tokens[p->inner.slot];
	struct span text = {t->text, t->length};

	if (t->kind == SCAN_STRING && t->escaped) {
		buffer_clear(&p->text);
		decode_string(text, &p->text);
		text = buffer_span(&p->text);
	}
	return p->each(p->context, text, VALUES_NONE);
}

static bool named(struct passage *p)
{
	uint32_t depth = p->gate->depth;

	if (p->inner.depth + depth > SCAN_DEPTH)
		return false;
	memcpy(p->whole.steps + depth, p->inner.steps,
	       p->inner.depth * sizeof *p->inner.steps);
	p->whole.depth = depth + p->inner.depth;
	return slots_named(p->slots, &p->whole, depth + 1);
}

static bool walk(struct passage *p, struct span json)
{
	const char *after;
	struct scan_fault fault;
	enum paths_event event;

	if (scan_strict(&p->scan, json.p, json.p + json.n, true, &after,
			&fault) != SCAN_WHOLE)
		return true;
	memcpy(p->whole.steps, p->gate->steps,
	       p->gate->depth * sizeof *p->gate->steps);
	paths_start(&p->inner, buffer_span(&p->scan.template));
	while ((event = paths_next(&p->inner)) != PATHS_END)
		if (event == PATHS_LEAF && named(p) && !tell(p))
			return false;
	return true;
}

/* The numbers between the brackets of TEXT. */
static bool count_through(struct passage *p, struct span text)
{
	const char *at = text.p + 1, *end = text.p + text.n - 1;
	uint32_t depth = p->gate->depth;

	memcpy(p->whole.steps, p->gate->steps,
	       depth * sizeof *p->gate->steps);
	p->whole.depth = depth + 1;
	for (uint32_t i = 0; at < end; i++) {
		const char *comma = memchr(at, ',', (size_t)(end - at));
		const char *stop = comma ? comma : end;
		struct span number = {at, (size_t)(stop - at)};

		p->whole.steps[depth] = (struct paths_step){.index = i};
		if (slots_named(p->slots, &p->whole, depth + 1) &&
		    !p->each(p->context, span_trim(number), VALUES_NONE))
			return false;
		at = stop + 1;
	}
	return true;
}

static bool pass(struct passage *p, const struct store *store,
		 struct store_event e)
{
	uint32_t value = store_slot(store, e, p->gate->slot);
	struct buffer json = {0}, scratch = {0};
	struct span text;
	bool more = true;

	if (!may_open(store, e, p->gate->slot))
		return true;
	text = store_text(store, e.segment, value, &scratch);
	if (is_numbers(store, e, value))
		more = count_through(p, text);
	else if (unfold_text(text, INT64_MAX, &json, NULL) == UNFOLD_JSON)
		more = walk(p, buffer_span(&json));
	buffer_free(&json);
	buffer_free(&scratch);
	return more;
}

bool gates_each(const struct slots *slots, const struct slots_list *list,
		const struct store *store, struct store_event e,
		bool (*each)(void *context, struct span text, uint32_t value),
		void *context)
{
	struct passage *p = memory_clear(1, sizeof *p);
	bool more = true;

	p->slots = slots;
	p->each = each;
	p->context = context;
	for (uint32_t i = 0; more && i < list->gates; i++) {
		p->gate = &list->gate[i];
		more = pass(p, store, e);
	}
	buffer_free(&p->text);
	scan_free(&p->scan);
	free(p);
	return more;
}
