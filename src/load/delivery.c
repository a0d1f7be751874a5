/* Owns the values that are being looked into, one frame for each container
 * around a record, and the tally of the file.  Scanned values flow in from the
 * outer structure (records), records out to the builder, problems to the store.
 */
#include "load/delivery.h"

#include "base/memory.h"
#include "json/decode.h"
#include "load/envelope.h"
#include "load/excerpt.h"

#include <stdlib.h>

enum { FRAMES = 6, NOTICES = 8 };

/* A kind of fault in the present record: the first one, and how many there
 * were. */
struct notice {
	struct scan_fault fault;
	uint64_t count;
};

/* A value that may be a record or hold some. */
struct frame {
	struct scan scan;
	struct buffer text;             /* of JSON in a string */
	struct envelope_iterator inner;
	const char *start, *end;        /* of the bytes that were scanned */
	const char *place;              /* in the window */
	uint8_t marks, container;
	bool in_text;
};

struct delivery {
	struct store *store;
	struct builder *builder;
	bool strict;

	uint32_t input, record;
	struct delivery_tally tally;
	uint64_t no_events;             /* values that were none, */
	struct error no_event;          /* and the first of them */
	struct window *window;
	bool cut;                       /* a fault ends the window */
	struct notice notice[NOTICES];  /* of the present record */
	size_t notices;
	const char *string;             /* that is being read, in the window */
	struct secret_find *find;
	struct paths_walk walk;
	struct frame frame[FRAMES];
};

struct delivery *delivery_new(struct store *store, struct builder *builder,
			      bool strict)
{
	struct delivery *d = memory_clear(1, sizeof *d);

	d->store = store;
	d->builder = builder;
	d->strict = strict;
	d->find = secret_find_new();
	return d;
}

void delivery_free(struct delivery *d)
{
	if (!d)
		return;
	for (int i = 0; i < FRAMES; i++) {
		scan_free(&d->frame[i].scan);
		buffer_wipe(&d->frame[i].text);
	}
	secret_find_free(d->find);
	free(d);
}

/* Problems */

void delivery_place(struct delivery *d, struct error *err, const char *at)
{
	uint64_t line, column;

	window_find_line(d->window, at, &line, &column);
	error_at(err, line, column, window_offset(d->window, at));
}

/* Whether a value begins at AT that is no part of a larger one, as far as one
 * can see: behind a bracket that closed too early a record goes on. */
static bool begins_value(const struct delivery *d, const char *at)
{
	static const char marks[] = "[,\n\xbf";     /* a byte order mark's */
	char before = window_before(d->window, at);

	return at < window_end(d->window) && (*at == '{' || *at == '[') &&
	       (before == '\0' || strchr(marks, before));
}

/* The excerpt begins at FROM, in front of AT or there.  BEGINS: so does a
 * value. */
static void take_problem(struct delivery *d, const struct error *err,
			 const char *from, bool begins, const char *at)
{
	struct store_problem problem = {.input = d->input, .error = *err};
	struct span text = {from, (size_t)(window_end(d->window) - from)};

	problem.excerpt = excerpt_new(text, at, begins, d->find,
				      &problem.caret);
	store_take_problem(d->store, &problem);
	d->tally.problems++;
}

static bool in_window(const struct delivery *d, const char *at)
{
	return at >= d->window->bytes.p && at <= window_end(d->window);
}

/* COUNT faults of this kind, the first of them at its place. */
static void tell_fault(struct delivery *d, const struct scan_fault *fault,
		       uint64_t count)
{
	const char *at = in_window(d, fault->at) ? fault->at : d->string;
	struct buffer text = {0};
	struct error err;

	buffer_printf(&text, "%s%s: %s",
		      at == fault->at ? "" : "JSON in a string: ",
		      fault->what, fault->why);
	if (fault->opened && in_window(d, fault->opened)) {
		delivery_place(d, &err, fault->opened);
		buffer_printf(&text, ", opened at line %llu, column %llu",
			      (unsigned long long)err.line,
			      (unsigned long long)err.column);
	}
	if (count > 1)
		buffer_printf(&text, "; %llu more like it in this record",
			      (unsigned long long)count - 1);
	error_set(&err, "%s", buffer_text(&text));
	buffer_free(&text);
	if (fault->hint)
		error_hint(&err, "%s", fault->hint);
	delivery_place(d, &err, at);
	if (at == fault->at)
		take_problem(d, &err, d->frame[0].start,
			     begins_value(d, d->frame[0].start), at);
	else
		/* From the quote on. */
		take_problem(d, &err, at - 1, true, at);
}

void delivery_fault(struct delivery *d, const struct scan_fault *fault)
{
	tell_fault(d, fault, 1);
}

void delivery_notice(void *context, const struct scan_fault *fault)
{
	struct delivery *d = context;
	size_t i;

	if (d->cut && fault->at == window_end(d->window))
		return;
	for (i = 0; i < d->notices; i++)
		if (d->notice[i].fault.what == fault->what) {
			d->notice[i].count++;
			return;
		}
	if (i < NOTICES)
		d->notice[d->notices++] = (struct notice){*fault, 1};
}

/* Makes problems of what was noticed. */
static void tell_notices(struct delivery *d)
{
	for (size_t i = 0; i < d->notices; i++)
		tell_fault(d, &d->notice[i].fault, d->notice[i].count);
	d->notices = 0;
}

void delivery_problem(struct delivery *d, const struct error *err,
		      const char *from, const char *at)
{
	take_problem(d, err, from, begins_value(d, from), at);
}

/* Values that were scanned */

static struct builder_origin origin(struct delivery *d, const struct frame *f)
{
	uint64_t line, column;

	window_find_line(d->window, f->place, &line, &column);
	return (struct builder_origin){
		.offset = window_offset(d->window, f->place),
		.input = d->input, .record = d->record, .line = (uint32_t)line,
		.marks = f->marks, .container = f->container};
}

static void count_event(struct delivery *d)
{
	d->record++;
	d->tally.events++;
}

static void reject(struct delivery *d, const struct frame *f)
{
	d->tally.rejected++;
	if (d->no_events++ > 0)
		return;
	error_set(&d->no_event, "not a CloudTrail event: a value without "
				"eventName and eventTime");
	delivery_place(d, &d->no_event, f->place);
}

/* The text of a key at the top of a value; p == NULL: it has none. */
static struct span top_text(struct delivery *d, const struct scan *scan,
			    const char *key)
{
	enum paths_event event;

	paths_start(&d->walk, buffer_span(&scan->template));
	while ((event = paths_next(&d->walk)) != PATHS_END)
		if (event == PATHS_LEAF && d->walk.depth == 1 &&
		    d->walk.steps[0].key.p &&
		    span_is(d->walk.steps[0].key, key)) {
			const struct scan_token *t =
				&scan->tokens[d->walk.slot];

			return (struct span){t->text, t->length};
		}
	return (struct span){NULL, 0};
}

/* Keeps the keys of the log files that a digest names. */
static void take_logs(struct delivery *d, const struct scan *scan)
{
	struct buffer key = {0};
	enum paths_event event;

	paths_start(&d->walk, buffer_span(&scan->template));
	while ((event = paths_next(&d->walk)) != PATHS_END) {
		const struct paths_step *steps = d->walk.steps;
		const struct scan_token *t;

		if (event != PATHS_LEAF || d->walk.depth != 3 ||
		    !span_is(steps[0].key, "logFiles") || steps[1].key.p ||
		    !span_is(steps[2].key, "s3Object"))
			continue;
		t = &scan->tokens[d->walk.slot];
		if (t->kind != SCAN_STRING)
			continue;
		buffer_clear(&key);
		decode_string((struct span){t->text, t->length}, &key);
		digests_add(store_digests(d->store), d->input,
			    buffer_span(&key));
	}
	buffer_free(&key);
}

/* Deals with a value; true when it may hold others. */
static bool settle(struct delivery *d, struct frame *f)
{
	struct builder_origin o = origin(d, f);

	if (builder_add_known(d->builder, &f->scan, &o)) {
		count_event(d);
		return false;
	}
	switch (envelope_judge(&d->walk, &f->scan)) {
	case ENVELOPE_EVENT:
		builder_add(d->builder, &f->scan, false, &o);
		count_event(d);
		return false;
	case ENVELOPE_NOTICE:
		if (!envelope_notice_source(top_text(d, &f->scan, "source")))
			break;
		o.container = SEGMENT_ENVELOPE;
		builder_add(d->builder, &f->scan, true, &o);
		count_event(d);
		return false;
	case ENVELOPE_HOLDER:
		f->inner = (struct envelope_iterator){.scan = &f->scan,
						      .start = f->start};
		return true;
	case ENVELOPE_DIGEST:
		d->tally.digest = true;
		take_logs(d, &f->scan);
		return false;
	case ENVELOPE_EMPTY:
		return false;
	case ENVELOPE_OTHER:
		break;
	}
	reject(d, f);
	return false;
}

/* A string holds one value; what stands behind it in F is told, not read. */
static void tell_rest(struct delivery *d, const struct frame *f,
		      const char *after)
{
	const struct scan_fault rest = {
		.at = scan_blank(after, f->end),
		.what = "text behind the value",
		.why = "a string holds one",
		.hint = "give each record a string of its own",
	};

	if (rest.at == f->end)
		return;
	delivery_fault(d, &rest);
	d->tally.rejected++;
}

/* Scans the frame's bytes, up to *AFTER; false when nothing could be made of
 * them. */
static bool scan_frame(struct delivery *d, struct frame *f, bool relaxed,
		       const char **after)
{
	struct scan_fault fault;

	if (!relaxed) {
		if (scan_strict(&f->scan, f->start, f->end, true, after,
				&fault) == SCAN_WHOLE)
			return true;
		if (d->strict) {
			delivery_fault(d, &fault);
			d->tally.rejected++;
			return false;
		}
	}
	f->marks |= SEGMENT_RELAXED;
	if (scan_relaxed(&f->scan, f->start, f->end, after,
			 relaxed ? NULL : delivery_notice, d) == SCAN_BAD) {
		f->marks |= SEGMENT_DAMAGED;
		*after = f->end;
	}
	tell_notices(d);
	return true;
}

/* Opens the inner value of PARENT in the next frame. */
static bool open_inner(struct delivery *d, struct frame *parent,
		       const struct envelope_inner *inner)
{
	struct frame *f = parent + 1;
	const char *after;

	f->marks = parent->marks;
	f->container = (uint8_t)inner->container;
	if (inner->container == SEGMENT_WRAPPER &&
	    parent->container == SEGMENT_LOGS)
		f->container = SEGMENT_LOGS;
	f->in_text = parent->in_text;
	if (inner->at) {
		f->start = inner->at;
		f->end = parent->end;
		f->place = parent->in_text ? parent->place : inner->at;
		return scan_frame(d, f, f->marks & SEGMENT_RELAXED, &after);
	}
	f->place = parent->in_text ? parent->place : inner->text->text;
	f->in_text = true;
	buffer_clear(&f->text);
	decode_string((struct span){inner->text->text, inner->text->length},
		      &f->text);
	buffer_text(&f->text);
	f->end = f->text.p + f->text.n;
	f->start = scan_blank(f->text.p, f->end);
	d->string = f->place;
	if (!scan_frame(d, f, false, &after))
		return false;
	tell_rest(d, f, after);
	return true;
}

void delivery_start(struct delivery *d, uint32_t input)
{
	d->input = input;
	d->record = 0;
	d->tally = (struct delivery_tally){0};
	d->no_events = 0;
}

void delivery_window(struct delivery *d, struct window *window, bool cut)
{
	d->window = window;
	d->cut = cut;
}

struct scan *delivery_scan(struct delivery *d, const char *at)
{
	d->frame[0].start = d->frame[0].place = at;
	d->notices = 0;
	return &d->frame[0].scan;
}

bool delivery_take_known(struct delivery *d, const char *at, const char *end,
			 enum segment_container container, const char **after)
{
	struct frame *f = d->frame;
	struct builder_origin o;
	uint32_t shape;

	if (!builder_read(d->builder, delivery_scan(d, at), at, end, after,
			  &shape))
		return false;
	f->marks = 0;
	f->container = (uint8_t)container;
	o = origin(d, f);
	builder_add_shaped(d->builder, &f->scan, shape, &o);
	count_event(d);
	return true;
}

void delivery_take(struct delivery *d, const char *end, uint8_t marks,
		   enum segment_container container)
{
	struct frame *f = d->frame;
	struct envelope_inner inner;

	f->end = end;
	f->marks = marks;
	f->container = (uint8_t)container;
	f->in_text = false;
	tell_notices(d);
	if (!settle(d, f))
		return;
	for (;;) {
		if (!envelope_next(&f->inner, &inner)) {
			if (f == d->frame)
				return;
			f--;
		} else if (f + 1 == d->frame + FRAMES) {
			reject(d, f);
		} else if (open_inner(d, f, &inner) && settle(d, f + 1)) {
			f++;
		}
	}
}

void delivery_reject(struct delivery *d)
{
	d->tally.rejected++;
}

void delivery_finish(struct delivery *d)
{
	if (d->tally.events == 0 || d->no_events == 0)
		return;
	if (d->no_events > 1)
		error_hint(&d->no_event, "%llu values of this file are no "
			   "events; this is the first",
			   (unsigned long long)d->no_events);
	store_take_problem(d->store, &(struct store_problem){
		.input = d->input, .error = d->no_event});
	d->tally.problems++;
}

struct delivery_tally delivery_tally(const struct delivery *d)
{
	return d->tally;
}
