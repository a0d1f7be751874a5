/* Owns the place in a document's outer structure: between documents, in a list
 * of records, or behind a list in the object around it.  Bytes flow in from a
 * window, scanned values out to delivery.  What is JSON is the scanner's to
 * say, what a value is, delivery's. */
#include "load/records.h"

#include "base/memory.h"
#include "load/envelope.h"
#include "load/probe.h"

#include <stdlib.h>
#include <string.h>

enum state {
	BETWEEN,        /* documents */
	IN_LIST,        /* of records */
	BEHIND_LIST     /* in the object that holds it */
};

struct records {
	bool strict;
	size_t enough;          /* bytes to wait for before a value that was
				   too short is tried again */
	enum state state;
	enum segment_container container;
	bool in_object;         /* the list is a member of one */
	bool separated;         /* a list's next value may come, */
	bool comma;             /* and a comma was in front of it */
	bool lost;              /* which brackets are open is not known since a
				   damaged record */
	bool told;              /* a problem that would be told again */
	struct error opened;    /* place of the outermost bracket */
	uint64_t barrier;       /* offset of a whole record that was found: what
				   is in front of it is not read past it */

	struct window *window;  /* while reading */
	bool last, cut;
	struct probe *probe;
	struct delivery *delivery;
};

struct records *records_new(struct store *store, struct builder *builder,
			    bool strict)
{
	struct records *r = memory_clear(1, sizeof *r);

	r->strict = strict;
	r->probe = probe_new();
	r->delivery = delivery_new(store, builder, strict);
	return r;
}

void records_free(struct records *r)
{
	if (!r)
		return;
	probe_free(r->probe);
	delivery_free(r->delivery);
	free(r);
}

void records_start(struct records *r, uint32_t input)
{
	r->state = BETWEEN;
	r->lost = r->told = false;
	r->enough = 0;
	r->barrier = 0;
	probe_start(r->probe);
	delivery_start(r->delivery, input);
}

struct delivery_tally records_tally(const struct records *r)
{
	return delivery_tally(r->delivery);
}

/* A problem with what stands between records. */
static void tell(struct records *r, const char *from, const char *at,
		 const char *what, const char *hint)
{
	struct error err;

	if (r->told)
		return;
	error_set(&err, "%s", what);
	error_hint(&err, "%s", hint);
	delivery_place(r->delivery, &err, at);
	delivery_problem(r->delivery, &err, from, at);
}

static bool consume(struct records *r, const char *to)
{
	r->window->done = (size_t)(to - r->window->bytes.p);
	probe_start(r->probe);
	return true;
}

/* Where a value that begins at AT has to end. */
static const char *limit(const struct records *r, const char *at)
{
	const struct window *w = r->window;

	return window_offset(w, at) < r->barrier
		? w->bytes.p + (r->barrier - w->base) : window_end(w);
}

/* Whether nothing that belongs to a value at AT follows its limit. */
static bool limit_is_last(const struct records *r, const char *at)
{
	return r->last || window_offset(r->window, at) < r->barrier;
}

/* A NUL is none of them. */
static bool is_one_of(char c, const char *marks)
{
	return c != '\0' && strchr(marks, c);
}

/* Finds the next whole record behind AT; false when more bytes are needed. */
static bool find_barrier(struct records *r, const char *at)
{
	const char *next;

	if (window_offset(r->window, at) < r->barrier)
		return true;
	if (!probe_next(r->probe, r->window, at, r->last, &next))
		return false;
	r->barrier = window_offset(r->window, next);
	return true;
}

/* From a value that is not JSON: reads what can be read of it up to the next
 * whole record.  False when more bytes are needed to find that. */
static bool recover(struct records *r, const char *at,
		    const struct scan_fault *fault)
{
	struct delivery *d = r->delivery;
	const char *next, *after;
	struct scan *scan;

	if (!find_barrier(r, at))
		return false;
	next = limit(r, at);
	scan = delivery_scan(d, at);
	if (r->strict) {
		delivery_fault(d, fault);
		delivery_reject(d);
		after = next;
		r->lost = true;
	} else if (scan_relaxed(scan, at, next, &after, delivery_notice, d) ==
		   SCAN_WHOLE) {
		delivery_take(d, after, SEGMENT_RELAXED, r->container);
	} else {
		after = next;
		r->lost = true;
		delivery_take(d, next, SEGMENT_RELAXED | SEGMENT_DAMAGED,
			      r->container);
	}
	if (r->lost)
		r->state = IN_LIST;
	r->separated = r->comma = false;
	return consume(r, after > at ? after : at + 1);
}

/* A value in a list or between documents. */
static bool read_value(struct records *r, const char *at)
{
	const char *after;
	struct scan_fault fault;

	if (!delivery_take_known(r->delivery, at, limit(r, at), r->container,
				 &after)) {
		switch (scan_strict(delivery_scan(r->delivery, at), at,
				    limit(r, at), limit_is_last(r, at), &after,
				    &fault)) {
		case SCAN_SHORT:
			return false;
		case SCAN_BAD:
			return recover(r, at, &fault);
		case SCAN_WHOLE:
			break;
		}
		delivery_take(r->delivery, after, 0, r->container);
	}
	r->separated = r->comma = false;
	return consume(r, after);
}

static void enter_list(struct records *r, enum segment_container container,
		       bool in_object)
{
	r->state = IN_LIST;
	r->container = container;
	r->in_object = in_object;
	r->separated = true;
	r->comma = false;
}

/* The name in front of a colon at AT, quoted or (not JSON) bare; answers where
 * the value begins, END when more bytes are needed to tell, or NULL. */
static const char *read_key(const char *at, const char *end, struct span *key,
			    bool *bare)
{
	const char *p = at;
	char quote = p < end && (*p == '"' || *p == '\'') ? *p++ : 0;

	key->p = p;
	while (p < end && ((*p >= 'a' && *p <= 'z') || *p == '_' ||
			   (*p >= 'A' && *p <= 'Z')))
		p++;
	key->n = (size_t)(p - key->p);
	*bare = quote != '"';
	if (p == end)
		return end;
	if (quote && *p++ != quote)
		return NULL;
	p = scan_blank(p, end);
	if (p < end && *p != ':')
		return NULL;
	return p < end ? scan_blank(p + 1, end) : end;
}

/* A document that begins with a list of records is read as it streams by. */
static bool open_document(struct records *r, const char *at)
{
	const char *end = window_end(r->window);
	const char *name = scan_blank(at + 1, end), *value;
	enum segment_container container;
	struct span key;
	bool bare;

	value = read_key(name, end, &key, &bare);
	if (value == end && !r->last)
		return false;
	r->container = SEGMENT_RECORD;
	if (!value || value == end || *value != '[' ||
	    !envelope_list_key(key, &container))
		return read_value(r, at);
	if (bare)
		tell(r, at, name, "unquoted key: a key stands between double "
		     "quotes", "put the key between double quotes");
	delivery_place(r->delivery, &r->opened, at);
	enter_list(r, container, true);
	return consume(r, value + 1);
}

/* Text that is no document is skipped, to where one may begin again. */
static bool skip_text(struct records *r, const char *at)
{
	const char *to = at + 1, *end = limit(r, at);

	tell(r, at, at, "text between documents: expected '{' or '['",
	     "delete it, or look whether a bracket before it is one too many");
	r->told = true;
	delivery_reject(r->delivery);
	while (to < end && *to != '{' && *to != '[' && *to != '\n')
		to++;
	return consume(r, to);
}

static bool step_between(struct records *r, const char *at)
{
	static const char bom[] = "\xef\xbb\xbf";

	if (window_offset(r->window, at) == 0 && *at == bom[0]) {
		if (window_end(r->window) - at < 3 && !r->last)
			return false;
		if (window_end(r->window) - at >= 3 &&
		    memcmp(at, bom, 3) == 0)
			return consume(r, at + 3);
	}
	if (*at == '{')
		return open_document(r, at);
	if (*at == '[') {
		delivery_place(r->delivery, &r->opened, at);
		enter_list(r, SEGMENT_ARRAY, false);
		return consume(r, at + 1);
	}
	if (*at == ',') {
		tell(r, at, at, "comma between documents: records follow one "
		     "another without commas, or stand in a list",
		     "remove it, or put [ ] around all of them");
		r->told = true;
		return consume(r, at + 1);
	}
	return skip_text(r, at);
}

static bool close_list(struct records *r, const char *at)
{
	if (r->comma)
		tell(r, at, at, "trailing comma: expected a record after ',', "
		     "found ']'", "remove the comma before it");
	r->state = r->in_object ? BEHIND_LIST : BETWEEN;
	return consume(r, at + 1);
}

static bool step_list(struct records *r, const char *at)
{
	if (r->lost && is_one_of(*at, ",]}"))
		return consume(r, at + 1);
	if (*at == ']')
		return close_list(r, at);
	if (*at == ',' && !r->separated) {
		r->separated = r->comma = true;
		return consume(r, at + 1);
	}
	if (!r->separated && !r->lost && is_one_of(*at, "{[") &&
	    window_offset(r->window, at) != r->barrier)
		tell(r, at, at, "missing comma: expected ',' or ']' after a "
		     "record", "put a comma between the records");
	r->separated = true;
	return read_value(r, at);
}

/* A member behind the list: skipped, unless it is another list. */
static bool step_behind(struct records *r, const char *at)
{
	const char *end = window_end(r->window), *name, *value, *after;
	enum segment_container container;
	struct scan_fault fault;
	struct span key;
	bool bare;

	if (*at == '}') {
		r->state = BETWEEN;
		return consume(r, at + 1);
	}
	name = scan_blank(at + (*at == ','), end);
	value = read_key(name, end, &key, &bare);
	if (value == end && !r->last)
		return false;
	if (value && value < end && *value == '[' &&
	    envelope_list_key(key, &container)) {
		enter_list(r, container, true);
		return consume(r, value + 1);
	}
	if (!value || value == end || *at != ',') {
		r->lost = true;
		enter_list(r, r->container, true);
		tell(r, at, at, "text behind the records: expected '}'",
			   "remove what follows the list of records");
		r->told = true;
		return true;
	}
	switch (scan_strict(delivery_scan(r->delivery, value), value,
			    limit(r, value), limit_is_last(r, value), &after,
			    &fault)) {
	case SCAN_WHOLE:
		return consume(r, after);
	case SCAN_SHORT:
		return false;
	case SCAN_BAD:
		break;
	}
	return recover(r, value, &fault);
}

/* At the end: brackets that nobody closed, and values that were no events
 * among others that were. */
static void finish(struct records *r)
{
	const char *end = window_end(r->window);
	struct error err;

	if (r->state != BETWEEN && !r->lost && !r->cut) {
		error_set(&err, "end of file: %s opened at line %llu, column "
			  "%llu is never closed",
			  r->state == IN_LIST && !r->in_object ? "'['" : "'{'",
			  (unsigned long long)r->opened.line,
			  (unsigned long long)r->opened.column);
		error_hint(&err, r->state == BEHIND_LIST || !r->in_object
			   ? "put %s at the end"
			   : "put ]} at the end; records may be missing",
			   r->in_object ? "}" : "]");
		delivery_place(r->delivery, &err, end);
		delivery_problem(r->delivery, &err, end, end);
	}
	delivery_finish(r->delivery);
	r->state = BETWEEN;
}

/* A long value that has not come to its end is read again from its beginning
 * when it has grown by a quarter, not with every piece of it. */
static void wait_for_more(struct records *r)
{
	enum { SMALL = 1 << 20 };
	size_t n = (size_t)(window_end(r->window) - window_begin(r->window));

	r->enough = n < SMALL ? 0 : n + n / 4;
}

void records_read(struct records *r, struct window *w, bool last, bool cut)
{
	bool more = true;

	if (!last && w->bytes.n - w->done < r->enough)
		return;
	r->window = w;
	r->last = last;
	r->cut = cut;
	delivery_window(r->delivery, w, cut);
	while (more) {
		const char *at = scan_blank(window_begin(w), window_end(w));

		if (at == window_end(w)) {
			consume(r, at);
			break;
		}
		if (r->state == BETWEEN)
			more = step_between(r, at);
		else if (r->state == IN_LIST)
			more = step_list(r, at);
		else
			more = step_behind(r, at);
	}
	wait_for_more(r);
	if (last)
		finish(r);
	r->window = NULL;
}
