/* Owns a filter while it is read: brackets, and, or, not, and the filters that
 * saved:NAME brings in.  What a single term means is read in predicate.c. */
#include "query/filter.h"

#include "base/memory.h"
#include "base/nearest.h"
#include "json/decode.h"
#include "query/filter_parts.h"
#include "query/words.h"
#include "trail/fields.h"

#include <stdio.h>
#include <stdlib.h>

enum frame_kind { WHOLE, GROUP, SAVED };

/* What is open: the whole text, a group, or a saved filter. */
struct frame {
	enum frame_kind kind;
	const char *at;                 /* where it was opened */
	size_t operands;                /* of the present run of ands */
	size_t runs;                    /* that were closed by an or */
	bool negated;                   /* what comes next */
	const char *pending;            /* and, or, not: it wants a term */
	size_t pending_length;
	/* Of the operand that is being read: */
	const char *start;
	size_t first;
};

/* A text that is being read; the innermost saved filter's is the last. */
struct source {
	const char *from, *p, *end;
	const char *name;               /* of the saved filter, or NULL */
};

struct parsing {
	struct filter *filter;
	const struct filter_view *view;
	struct frame frame[FILTER_DEEPEST];
	size_t frames;
	struct source source[FILTER_SAVED_DEEPEST + 1];
	size_t sources;
	const char *saved_at;           /* in the outermost text */
	struct error *err;
};

static struct frame *top(struct parsing *p)
{
	return &p->frame[p->frames - 1];
}

static struct source *source(struct parsing *p)
{
	return &p->source[p->sources - 1];
}

static unsigned place_of(struct parsing *p)
{
	return top(p)->kind == GROUP ? WORDS_GROUPED : 0;
}

/* An error in a saved filter has its place where that is called in. */
static bool place(struct parsing *p, const char *at)
{
	const struct source *s = source(p);
	uint64_t offset;

	if (p->sources > 1) {
		struct error inner = p->err ? *p->err : (struct error){0};

		error_set(p->err, "saved:%s: %.400s", s->name, inner.text);
		error_hint(p->err, "%s", inner.hint);
		s = &p->source[0];
		at = p->saved_at;
	}
	offset = (uint64_t)(at - s->from);
	return error_at(p->err, 1, offset + 1, offset);
}

static bool fail(struct parsing *p, const char *at, const char *text,
		 const char *hint)
{
	error_set(p->err, "%s", text);
	if (hint)
		error_hint(p->err, "%s", hint);
	return place(p, at);
}

static void add_node(struct filter *f, enum filter_node_kind kind, size_t n)
{
	if (f->nodes == f->node_room) {
		f->node_room = memory_grown(f->node_room, f->nodes + 1,
					    sizeof *f->node);
		f->node = memory_resize(f->node, f->node_room,
					sizeof *f->node);
	}
	f->node[f->nodes++] = (struct filter_node){kind, (uint32_t)n};
}

/* Two negations are none. */
static void negate(struct filter *f)
{
	if (f->node[f->nodes - 1].kind == FILTER_NOT)
		f->nodes--;
	else
		add_node(f, FILTER_NOT, 1);
}

static bool push(struct parsing *p, enum frame_kind kind, const char *at)
{
	if (p->frames == FILTER_DEEPEST)
		return fail(p, at, "nests too deep", NULL);
	p->frame[p->frames++] = (struct frame){.kind = kind, .at = at};
	return true;
}

static void begin_operand(struct parsing *p, const char *at)
{
	struct frame *f = top(p);

	if (!f->start) {
		f->start = at;
		f->first = p->filter->nodes;
	}
}

/* A term of the whole text, as long as no `or` makes them one. */
static void add_term(struct parsing *p, const char *from, const char *to,
		     size_t first)
{
	struct filter *f = p->filter;
	const struct filter_node *node = &f->node[first];
	struct filter_term *t;

	if (f->terms == f->term_room) {
		f->term_room = memory_grown(f->term_room, f->terms + 1,
					    sizeof *f->term);
		f->term = memory_resize(f->term, f->term_room,
					sizeof *f->term);
	}
	t = &f->term[f->terms++];
	*t = (struct filter_term){
		.text = {from, (size_t)(to - from)},
		.column = (size_t)(from - f->text) + 1,
		.first = (uint32_t)first, .end = (uint32_t)f->nodes,
	};
	if (f->nodes - first == 1 && node->kind == FILTER_LEAF)
		t->matches_all = f->predicate[node->n].matches_all &&
				 !f->predicate[node->n].negated;
}

static void end_operand(struct parsing *p, const char *end)
{
	struct frame *f = top(p);

	if (f->negated)
		negate(p->filter);
	if (f->kind == WHOLE && f->runs == 0)
		add_term(p, f->start, end, f->first);
	f->operands++;
	f->negated = false;
	f->pending = NULL;
	f->start = NULL;
}

static void end_run(struct parsing *p)
{
	struct frame *f = top(p);

	if (f->operands > 1)
		add_node(p->filter, FILTER_AND, f->operands);
	f->operands = 0;
}

/* Ends what the innermost frame holds; false when it holds no whole
 * expression. */
static bool close_frame(struct parsing *p, const char *at)
{
	struct frame *f = top(p);

	if (f->pending) {
		error_set(p->err, "%.*s: a term is missing behind it",
			  (int)f->pending_length, f->pending);
		return place(p, f->pending);
	}
	if (f->operands == 0 && f->kind != WHOLE)
		return fail(p, at, "a term is missing in it", NULL);
	end_run(p);
	if (f->runs > 0)
		add_node(p->filter, FILTER_OR, f->runs + 1);
	return true;
}

static bool begin_group(struct parsing *p)
{
	struct source *s = source(p);

	begin_operand(p, s->p);
	return push(p, GROUP, s->p++);
}

static bool end_group(struct parsing *p)
{
	struct source *s = source(p);

	if (top(p)->kind != GROUP)
		return fail(p, s->p, "`)` closes no group",
			    "in quotes, or behind a \\, it is text");
	if (!close_frame(p, s->p))
		return false;
	p->frames--;
	s->p++;
	end_operand(p, s->p);
	return true;
}

static void want(struct parsing *p, const char *behind)
{
	struct source *s = source(p);

	top(p)->pending = s->p;
	top(p)->pending_length = (size_t)(behind - s->p);
	s->p = behind;
}

static bool read_junction(struct parsing *p, const char *behind, bool is_or)
{
	struct source *s = source(p);
	struct frame *f = top(p);

	if (f->pending || f->operands == 0) {
		error_set(p->err, "%.*s: a term is missing in front of it",
			  (int)(behind - s->p), s->p);
		error_hint(p->err, "in quotes it is text");
		return place(p, s->p);
	}
	if (is_or) {
		end_run(p);
		f->runs++;
	}
	want(p, behind);
	return true;
}

/* and, or, not; *DONE tells whether there was one. */
static bool read_word(struct parsing *p, bool *done)
{
	static const struct {
		const char *word;
		enum { JOINS, PARTS, NEGATES } what;
	} table[] = {
		{"and", JOINS}, {"&&", JOINS}, {"or", PARTS}, {"||", PARTS},
		{"not", NEGATES},
	};
	const struct source *s = source(p);

	*done = true;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		const char *behind = words_behind(s->p, s->end,
						  table[i].word);

		if (!behind)
			continue;
		if (table[i].what != NEGATES)
			return read_junction(p, behind,
					     table[i].what == PARTS);
		begin_operand(p, s->p);
		top(p)->negated = !top(p)->negated;
		want(p, behind);
		return true;
	}
	*done = false;
	return true;
}

/* Whether the `(` at hand opens a group, and is not a regex's. */
static bool opens_group(struct parsing *p)
{
	const struct source *s = source(p);
	const char *close;

	if (s->p + 1 < s->end && s->p[1] == '?')
		return false;
	close = words_group_end(s->p, s->end);
	if (!close)
		return false;
	close++;
	return close == s->end || words_is_blank(*close) || *close == ')';
}

/* The text of that saved filter, or NULL and the error. */
static const char *find_saved(struct parsing *p, struct span name,
			      const char *at)
{
	const char *text = NULL, *nearest = NULL, **names = NULL, *help;
	struct filter_saved saved;
	size_t n = 0;

	for (size_t i = 0;; i++) {
		if (i < p->view->saved_count)
			saved = p->view->saved[i];
		else if (!filter_preset(i - p->view->saved_count, &saved,
					&help))
			break;
		if (!text && span_is(name, saved.name))
			text = saved.text;
		names = memory_resize(names, n + 1, sizeof *names);
		names[n++] = saved.name;
	}
	if (!text)
		nearest = nearest_name(name, names, n);
	free(names);
	if (text)
		return text;
	error_set(p->err, "saved:%.*s: no such filter",
		  (int)(name.n < 60 ? name.n : 60), name.p);
	if (nearest)
		error_hint(p->err, "saved:%s?", nearest);
	else
		error_hint(p->err, "the configuration names them in "
				   "\"filters\"; exports, people, errors and "
				   "more are always there");
	place(p, at);
	return NULL;
}

static char *keep_copy(struct filter *f, struct span text)
{
	f->copy = memory_resize(f->copy, f->copies + 1, sizeof *f->copy);
	f->copy[f->copies] = memory_copy(text.p, text.n);
	return f->copy[f->copies++];
}

/* The name behind `saved:`, plain or in quotes. */
static bool read_saved_name(struct parsing *p, const char *at,
			    struct buffer *name, const char **behind)
{
	const struct source *s = source(p);

	if (at == s->end || *at != '"') {
		*behind = words_value_end(at, s->end, place_of(p));
		buffer_add(name, at, (size_t)(*behind - at));
	} else {
		*behind = words_behind_quote(at, s->end);
		if (!*behind)
			return fail(p, at, "the quote is never closed", NULL);
		decode_string((struct span){at + 1,
			      (size_t)(*behind - at) - 2}, name);
	}
	return name->n > 0 || fail(p, at, "saved: which filter?",
				   "saved:exports");
}

static bool open_saved(struct parsing *p, struct span name, const char *behind)
{
	struct source *s = source(p);
	const char *text = find_saved(p, name, s->p), *at = s->p;
	struct source inner = {0};

	if (!text)
		return false;
	if (p->sources > FILTER_SAVED_DEEPEST)
		return fail(p, at, "names itself, or nests too deep", NULL);
	if (p->sources == 1)
		p->saved_at = at;
	begin_operand(p, at);
	if (!push(p, SAVED, at))
		return false;
	s->p = behind;
	inner.name = keep_copy(p->filter, name);
	inner.from = inner.p = keep_copy(p->filter, span_of(text));
	inner.end = inner.p + strlen(text);
	p->source[p->sources++] = inner;
	return true;
}

/* saved:NAME; *DONE tells whether there was one. */
static bool read_saved(struct parsing *p, bool *done)
{
	const struct source *s = source(p);
	struct span rest = {s->p, (size_t)(s->end - s->p)};
	struct buffer name = {0};
	const char *behind;
	bool good;

	*done = rest.n > 6 &&
		span_equal_ignoring_case((struct span){rest.p, 6},
					 SPAN("saved:")) &&
		!words_is_blank(rest.p[6]);
	if (!*done)
		return true;
	good = read_saved_name(p, s->p + 6, &name, &behind) &&
	       open_saved(p, buffer_span(&name), behind);
	buffer_free(&name);
	return good;
}

/* The end of a saved filter's text: on with what called it in. */
static bool close_saved(struct parsing *p)
{
	const char *name = source(p)->name;
	size_t i = 0;

	if (!close_frame(p, source(p)->p))
		return false;
	while (p->filter->copy[i] != name)
		i++;
	add_node(p->filter, FILTER_SAVED, i);
	p->frames--;
	p->sources--;
	end_operand(p, source(p)->p);
	return true;
}

static void keep_note(struct parsing *p, const struct predicate_note *note)
{
	struct filter *f = p->filter;

	if (note->column == 0 || p->sources > 1)
		return;
	if (f->notes == f->note_room) {
		f->note_room = memory_grown(f->note_room, f->notes + 1,
					    sizeof *f->note);
		f->note = memory_resize(f->note, f->note_room,
					sizeof *f->note);
	}
	f->note[f->notes++] = *note;
}

/* !error asks for no value with that text in it; what was meant is most likely
 * the field. */
static void note_negated_name(struct parsing *p, const struct predicate *t,
			      struct predicate_note *note)
{
	struct column_ref ref;

	if (!top(p)->negated || t->test != PREDICATE_MATCHES || !t->any ||
	    t->spelling != PREDICATE_PLAIN ||
	    !columns_parse(t->text, &ref, NULL))
		return;
	if (ref.column != COLUMN_PATH || fields_top_name(t->text)) {
		note->column = t->column;
		snprintf(note->text, sizeof note->text,
			 "no value holds the text %.*s; the field is absent: "
			 "%.*s!?", (int)t->text.n, t->text.p, (int)t->text.n,
			 t->text.p);
	}
	columns_free(&ref);
}

static bool add_predicate(struct parsing *p)
{
	struct filter *f = p->filter;
	struct source *s = source(p);
	const char *at = s->p;
	struct predicate_reading r = {
		.from = s->from, .end = s->end,
		.place = place_of(p),
		.view = &p->view->predicate};
	struct predicate *t;

	if (f->predicates == FILTER_PREDICATES)
		return fail(p, at, "too many terms", "in (A, B, ...)");
	if (f->predicates == f->predicate_room) {
		f->predicate_room = memory_grown(f->predicate_room,
						 f->predicates + 1,
						 sizeof *f->predicate);
		f->predicate = memory_resize(f->predicate, f->predicate_room,
					     sizeof *f->predicate);
	}
	t = &f->predicate[f->predicates];
	if (!predicate_read(&r, &s->p, t, p->err)) {
		at = p->err ? s->from + p->err->offset : at;
		return p->sources > 1 ? place(p, at) : false;
	}
	begin_operand(p, at);
	add_node(f, FILTER_LEAF, f->predicates++);
	f->undecided |= t->test == PREDICATE_MARK &&
			t->mark == MARK_UNDECIDED;
	note_negated_name(p, t, &r.note);
	keep_note(p, &r.note);
	end_operand(p, s->p);
	return true;
}

/* Reads what stands at the source's place, which is no blank. */
static bool read_next(struct parsing *p)
{
	struct source *s = source(p);
	const char *at = s->p;
	bool done;

	if (*s->p == ')')
		return end_group(p);
	if (*s->p == '(' && opens_group(p))
		return begin_group(p);
	if (!read_word(p, &done))
		return false;
	if (done)
		return true;
	if (*s->p == '!' &&
	    (s->p + 1 == s->end || !memchr("=~?", s->p[1], 3))) {
		begin_operand(p, s->p);
		top(p)->negated = !top(p)->negated;
		want(p, s->p + 1);
		return true;
	}
	if (!read_saved(p, &done))
		return false;
	if (done)
		return true;
	if (add_predicate(p))
		return true;
	if (*at != '(' || words_group_end(at, s->end))
		return false;
	return fail(p, at, "`(` is never closed",
		    "in quotes, or behind a \\, it is text");
}

/* How many operands wait at most while the nodes are worked out. */
static size_t measure(const struct filter *f)
{
	size_t depth = 0, most = 0;

	for (size_t i = 0; i < f->nodes; i++) {
		if (f->node[i].kind == FILTER_LEAF)
			depth++;
		else if (f->node[i].kind == FILTER_AND ||
			 f->node[i].kind == FILTER_OR)
			depth -= f->node[i].n - 1;
		most = depth > most ? depth : most;
	}
	return most;
}

/* With an `or` at the top the whole text is one term. */
static void end_terms(struct parsing *p)
{
	struct filter *f = p->filter;
	struct span all = span_trim((struct span){f->text, f->length});

	if (top(p)->runs > 0) {
		f->terms = 0;
		add_term(p, all.p, all.p + all.n, 0);
	}
	f->depth = measure(f);
}

static bool parse(struct parsing *p)
{
	for (;;) {
		struct source *s = source(p);

		s->p = words_skip(s->p, s->end);
		if (s->p < s->end) {
			if (!read_next(p))
				return false;
		} else if (top(p)->kind == SAVED) {
			if (!close_saved(p))
				return false;
		} else if (top(p)->kind == GROUP) {
			return fail(p, top(p)->at, "`(` is never closed",
				    NULL);
		} else {
			break;
		}
	}
	if (!close_frame(p, source(p)->p))
		return false;
	end_terms(p);
	return true;
}

struct filter *filter_parse_with(struct span text,
				 const struct filter_view *view,
				 struct error *err)
{
	struct filter *f = memory_clear(1, sizeof *f);
	struct parsing *p = memory_clear(1, sizeof *p);
	struct error own = {.line = 0};

	f->text = memory_copy(text.p, text.n);
	f->length = text.n;
	p->filter = f;
	p->view = view;
	p->err = err ? err : &own;
	p->source[p->sources++] = (struct source){f->text, f->text,
						  f->text + text.n, NULL};
	push(p, WHOLE, f->text);
	if (!parse(p)) {
		filter_free(f);
		f = NULL;
	}
	free(p);
	return f;
}
