/* Owns what is known of values while a segment is gone through.  Where in a row
 * a column's values stand is found once for each shape.  A term that asks for
 * one whole text asks for the numbers of few values, which are found beforehand;
 * for others a value is judged once and then remembered by its number. */
#include "query/sweep.h"

#include "base/memory.h"
#include "query/exact.h"
#include "query/judge.h"

#include <stdlib.h>

enum { MANY = 64, POLL = 1024 };

/* What is known of a value; 0: nothing yet. */
enum { KNOWN_NO = 1, KNOWN_YES = 2, KNOWN_UNDECIDED = 3 };

_Static_assert(MATCH_NO + 1 == KNOWN_NO && MATCH_YES + 1 == KNOWN_YES &&
	       MATCH_UNDECIDED + 1 == KNOWN_UNDECIDED, "the same order");

struct watch {
	const struct predicate *term;
	struct term_set *set;
	bool path;                      /* a null is a value */
	bool literal;                   /* the whole value, and no address */
	const struct exact *exact;      /* its values, or NULL */
	uint8_t *known[3];              /* by arena; two bits a value */
	uint8_t *group;                 /* by columns_match_group */
	size_t groups;
};

enum { ASK = COLUMNS_ONWARDS + 1, IS };

/* One place to look at for one term. */
struct step {
	uint32_t place;
	uint16_t watch;
	uint16_t when;                  /* enum columns_when, or ASK; or IS:
					   always, and one number holds */
	union {
		uint32_t before;        /* of COLUMNS_OTHERWISE: the place */
		uint32_t value;         /* of IS */
	};
};

/* The steps of a shape. */
struct plan {
	uint32_t from, to;              /* to == 0: not made yet */
};

struct sweep {
	const struct store *store;
	const struct segment *segment;
	uint32_t number;                /* of the segment */
	struct match_worker *worker;
	const atomic_bool *cancel;
	struct watch *watch;
	struct exact *exact;            /* of each watch */
	size_t watches;
	struct plan *plan;              /* by shape */
	struct step *step;
	size_t steps, room;
	struct buffer scratch;
};

bool sweep_takes(const struct predicate *t)
{
	const char *path;

	return !t->any && !judge_by_time(t) && t->test != PREDICATE_PRESENT &&
	       (t->test != PREDICATE_MARK || marks_by_value(t->mark, &path));
}

/* The verdict over several texts: one that holds is enough. */
struct verdict {
	const struct sweep *sweep;
	const struct predicate *term;
	uint8_t known;
};

static uint8_t either(uint8_t a, uint8_t b)
{
	return a == KNOWN_YES || (a > b && b != KNOWN_YES) ? a : b;
}

static bool judge_next(void *context, struct span text, uint32_t value)
{
	struct verdict *v = context;
	const struct sweep *s = v->sweep;

	(void)value;
	v->known = either(v->known, (uint8_t)(judge_text(v->term, s->worker,
							 text, s->cancel) +
					      1));
	return v->known != KNOWN_YES;
}

static uint8_t judge_value(struct sweep *s, const struct watch *w,
			   uint32_t value)
{
	const struct values *v = &s->segment->values;
	struct verdict verdict = {s, w->term, KNOWN_NO};
	struct span text = value < VALUES_ESCAPED
		? values_arena_text(&v->plain, value)
		: store_text(s->store, s->number, value, &s->scratch);

	if (w->literal && !columns_match_likely(s->store, &w->term->field,
						text, w->term->value))
		return KNOWN_NO;
	if (!w->path && values_kind(v, value) == SCAN_NULL)
		return KNOWN_NO;
	columns_match_texts(s->store, &w->term->field, text, judge_next,
			    &verdict);
	return verdict.known;
}

/* Of a value that was judged before; 0: not yet. */
static uint8_t recall(const uint8_t *known, uint32_t i)
{
	return known[i / 4] >> i % 4 * 2 & 3;
}

static uint8_t is_exactly(const struct exact *e, uint32_t value)
{
	for (size_t i = 0; i < e->count; i++)
		if (e->value[i] == value)
			return KNOWN_YES;
	return KNOWN_NO;
}

static uint8_t known_value(struct sweep *s, struct watch *w, uint32_t value)
{
	const struct values *v = &s->segment->values;
	const uint32_t count[] = {v->plain.count, v->escaped.count,
				  v->secret.count};
	uint32_t arena = value >> 30, i = value & VALUES_INDEX;
	uint8_t known;

	if (value == VALUES_NONE)
		return KNOWN_NO;
	if (w->exact)
		return is_exactly(w->exact, value);
	if (!w->known[arena])
		w->known[arena] = memory_clear(count[arena] / 4u + 1, 1);
	known = recall(w->known[arena], i);
	if (!known) {
		known = judge_value(s, w, value);
		w->known[arena][i / 4] |= (uint8_t)(known << i % 4 * 2);
	}
	return known;
}

/* Of an event whose texts are put together. */
static uint8_t judge_made(struct sweep *s, struct watch *w,
			  struct store_event e)
{
	const struct column_ref *ref = &w->term->field;
	uint32_t group = columns_match_group(s->store, e, ref);
	struct verdict v = {s, w->term, KNOWN_NO};

	if (group < w->groups && w->group[group])
		return w->group[group];
	columns_match_each(s->store, e, ref, judge_next, &v);
	if (group >= w->groups && group < UINT16_MAX) {
		size_t groups = memory_grown(w->groups, group + 1, 1);

		w->group = memory_resize(w->group, groups, 1);
		memset(w->group + w->groups, 0, groups - w->groups);
		w->groups = groups;
	}
	if (group < w->groups)
		w->group[group] = v.known;
	return v.known;
}

/* Of an event whose shape does not tell where its values stand. */
static uint8_t ask(struct sweep *s, struct watch *w, struct store_event e)
{
	const struct column_ref *ref = &w->term->field;
	uint32_t few[MANY], *value = few;
	size_t n = columns_match_values(s->store, e, ref, few, MANY);
	uint8_t known = KNOWN_NO;

	if (n == SIZE_MAX)
		return judge_made(s, w, e);
	if (n > MANY) {
		value = memory_alloc(n * sizeof *value);
		columns_match_values(s->store, e, ref, value, n);
	}
	for (size_t i = 0; i < n && known != KNOWN_YES; i++)
		known = either(known, known_value(s, w, value[i]));
	if (value != few)
		free(value);
	return known;
}

static void add_step(struct sweep *s, struct step step)
{
	if (s->steps == s->room) {
		s->room = memory_grown(s->room, s->steps + 1,
				       sizeof *s->step);
		s->step = memory_resize(s->step, s->room, sizeof *s->step);
	}
	s->step[s->steps++] = step;
}

/* Of a term whose values are known: none is looked for where none is. */
static void add_exact(struct sweep *s, uint16_t watch,
		      const struct columns_spot *spot, uint32_t before)
{
	const struct exact *e = s->watch[watch].exact;

	if (spot->when != COLUMNS_ALWAYS && e->count > 0)
		add_step(s, (struct step){spot->place, watch,
					  (uint16_t)spot->when, {before}});
	for (size_t i = 0; spot->when == COLUMNS_ALWAYS && i < e->count; i++)
		add_step(s, (struct step){spot->place, watch, IS,
					  {e->value[i]}});
}

static void make_plan(struct sweep *s, uint32_t shape)
{
	struct plan *plan = &s->plan[shape];

	/* The first step is nobody's, so that no plan ends at 0. */
	plan->from = (uint32_t)s->steps;
	for (uint16_t i = 0; i < s->watches; i++) {
		struct columns_spot spot[COLUMNS_SPOTS];
		size_t n = columns_spots(s->store, shape,
					 &s->watch[i].term->field, spot);

		if (n == SIZE_MAX)
			add_step(s, (struct step){0, i, ASK, {0}});
		for (size_t k = 0; n != SIZE_MAX && k < n; k++) {
			uint32_t before = spot[k - (k > 0)].place;

			if (s->watch[i].exact)
				add_exact(s, i, &spot[k], before);
			else
				add_step(s, (struct step){
					spot[k].place, i,
					(uint16_t)spot[k].when, {before}});
		}
	}
	plan->to = (uint32_t)s->steps;
}

static void note(const struct sweep *s, const struct watch *w, uint32_t event,
		 uint8_t known)
{
	uint64_t **bits = known == KNOWN_YES ? &w->set->yes
					     : &w->set->undecided;

	if (!*bits)
		*bits = memory_clear(s->segment->count / 64u + 1,
				     sizeof **bits);
	(*bits)[event / 64] |= UINT64_C(1) << event % 64;
}

static bool is_none(const struct sweep *s, const struct watch *w,
		    uint32_t value)
{
	return value == VALUES_NONE ||
	       (!w->path &&
		values_kind(&s->segment->values, value) == SCAN_NULL);
}

/* One step at an event whose row is [ROW, END). */
static uint8_t walk(struct sweep *s, const struct step *step,
		    struct store_event e, const uint32_t *row,
		    const uint32_t *end)
{
	struct watch *w = &s->watch[step->watch];
	uint8_t known = KNOWN_NO;

	switch (step->when) {
	case ASK:
		return ask(s, w, e);
	case COLUMNS_OTHERWISE:
		if (!is_none(s, w, row[step->before]))
			return KNOWN_NO;
		break;
	case COLUMNS_ONWARDS:
		for (row += step->place; row < end; row++)
			known = either(known, known_value(s, w, *row));
		return known;
	default:
		break;
	}
	return known_value(s, w, row[step->place]);
}

static void sweep_event(struct sweep *s, uint32_t i)
{
	const struct segment_event *at = segment_event(s->segment, i);
	const uint32_t *row = (const uint32_t *)s->segment->row.base +
			      at->first;
	struct plan *plan = &s->plan[at->shape];

	if (plan->to == 0)
		make_plan(s, at->shape);
	for (uint32_t k = plan->from; k < plan->to; k++) {
		const struct step *step = &s->step[k];
		const struct watch *w = &s->watch[step->watch];
		uint8_t known = 0;

		/* Only these two are sure to have a place in the row. */
		if (step->when == IS)
			known = row[step->place] == step->value ? KNOWN_YES
								: KNOWN_NO;
		else if (step->when == COLUMNS_ALWAYS && w->known[0] &&
			 row[step->place] < VALUES_ESCAPED)
			known = recall(w->known[0], row[step->place]);
		if (known == 0)
			known = walk(s, step,
				     (struct store_event){s->number, i}, row,
				     row + (at[1].first - at->first));
		if (known != KNOWN_NO)
			note(s, w, i, known);
	}
}

/* Whether values are told by their numbers. */
static bool is_exact(const struct sweep *s, const struct watch *w)
{
	return w->literal && exact_takes(w->term->value) &&
	       columns_match_only(s->store, &w->term->field, w->term->value);
}

/* A null is no value, though its text may be asked for. */
static void drop_nulls(const struct sweep *s, struct exact *e)
{
	size_t kept = 0;

	for (size_t i = 0; i < e->count; i++)
		if (values_kind(&s->segment->values, e->value[i]) != SCAN_NULL)
			e->value[kept++] = e->value[i];
	e->count = kept;
}

static void find_exact(struct sweep *s)
{
	size_t count = 0;

	for (size_t i = 0; i < s->watches; i++)
		if (is_exact(s, &s->watch[i])) {
			s->exact[count].text = s->watch[i].term->value;
			s->watch[i].exact = &s->exact[count++];
		}
	exact_find(s->segment, s->exact, count);
	for (size_t i = 0; i < s->watches; i++) {
		struct watch *w = &s->watch[i];

		if (w->exact && w->exact->count > EXACT_MOST)
			w->exact = NULL;
		if (w->exact && !w->path)
			drop_nulls(s, &s->exact[w->exact - s->exact]);
	}
}

static void start(struct sweep *s, const struct predicate *const *term,
		  struct term_set *set)
{
	s->plan = memory_clear(shapes_count(store_shapes(s->store)),
			       sizeof *s->plan);
	add_step(s, (struct step){.place = 0});
	s->watch = memory_clear(s->watches, sizeof *s->watch);
	s->exact = memory_clear(s->watches, sizeof *s->exact);
	for (size_t i = 0; i < s->watches; i++)
		s->watch[i] = (struct watch){
			.term = term[i], .set = &set[i],
			.path = term[i]->field.column == COLUMN_PATH,
			.literal = term[i]->test == PREDICATE_EQUALS &&
				   !term[i]->addressed};
	find_exact(s);
}

/* An event for which something holds is not undecided. */
static void finish(struct sweep *s)
{
	for (size_t i = 0; i < s->watches; i++) {
		struct watch *w = &s->watch[i];
		uint64_t *undecided = w->set->undecided;

		for (size_t k = 0; undecided && k <= s->segment->count / 64u;
		     k++)
			undecided[k] &= ~w->set->yes[k];
		for (int a = 0; a < 3; a++)
			free(w->known[a]);
		free(w->group);
	}
	free(s->watch);
	free(s->exact);
	free(s->plan);
	free(s->step);
	buffer_wipe(&s->scratch);
}

bool sweep_segment(const struct predicate *const *term, size_t count,
		   const struct store *store, uint32_t segment,
		   struct match_worker *worker, const atomic_bool *cancel,
		   struct term_set *set)
{
	struct sweep s = {.store = store, .number = segment,
			  .segment = store_segment(store, segment),
			  .worker = worker, .cancel = cancel,
			  .watches = count};
	bool stopped = false;

	start(&s, term, set);
	for (uint32_t i = 0; i < s.segment->count && !stopped; i++) {
		if (i % POLL == 0)
			stopped = cancel && *cancel;
		sweep_event(&s, i);
	}
	finish(&s);
	return !stopped && !(cancel && *cancel);
}
