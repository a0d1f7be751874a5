/* Owns the last fields and the last values that were counted.  What of them is
 * offered, app_complete knows. */
#include "screen/lookup.h"

#include "base/memory.h"
#include "screen/errand.h"

#include <stdlib.h>

/* A question, and with its answer in ALL what is kept. */
struct found {
	bool fields;
	struct buffer field, head;
	struct column_ref column;       /* of values */
	uint64_t version;               /* of the store */
	struct complete all;
};

struct lookup {
	const struct store *store;
	struct errand *errand;
	struct found *fields, *values;  /* or NULL */
	struct found *asked;            /* what was asked last, or NULL */
};

static void free_found(void *found)
{
	struct found *f = found;

	if (!f)
		return;
	buffer_free(&f->field);
	buffer_free(&f->head);
	columns_free(&f->column);
	complete_free(&f->all);
	free(f);
}

static struct found *copy(const struct found *f)
{
	struct found *own = memory_clear(1, sizeof(*own));

	own->fields = f->fields;
	own->column = columns_copy(&f->column);
	buffer_add_span(&own->field, buffer_span(&f->field));
	buffer_add_span(&own->head, buffer_span(&f->head));
	return own;
}

static void *run(void *context, void *question, const atomic_bool *cancel)
{
	const struct lookup *l = context;
	struct found *f = copy(question);
	bool whole;

	f->version = store_version(l->store);
	if (f->fields)
		whole = complete_fields(l->store, cancel, &f->all);
	else
		whole = complete_values(l->store, &f->column,
					buffer_span(&f->head), cancel,
					&f->all);
	if (whole)
		return f;
	free_found(f);
	return NULL;
}

struct lookup *lookup_new(const struct store *store, struct jobs *jobs,
			  void (*wake)(void))
{
	static const struct errand_manner manner = {run, free_found,
						    free_found};
	struct lookup *l = memory_clear(1, sizeof(*l));

	l->store = store;
	l->errand = errand_new(&manner, l, jobs, wake);
	return l;
}

void lookup_free(struct lookup *l)
{
	if (!l)
		return;
	errand_free(l->errand);
	free_found(l->fields);
	free_found(l->values);
	free_found(l->asked);
	free(l);
}

bool lookup_work(struct lookup *l)
{
	struct found *f = errand_take(l->errand), **kept;

	if (!f)
		return false;
	kept = f->fields ? &l->fields : &l->values;
	free_found(*kept);
	*kept = f;
	return true;
}

bool lookup_busy(struct lookup *l)
{
	return errand_busy(l->errand);
}

static bool same_question(const struct found *a, const struct found *b)
{
	return a->fields == b->fields &&
	       span_equal(buffer_span(&a->field), buffer_span(&b->field)) &&
	       span_equal(buffer_span(&a->head), buffer_span(&b->head));
}

/* Takes the question; what is being worked on already is not begun anew. */
static void ask(struct lookup *l, struct found *f)
{
	if (l->asked && errand_busy(l->errand) && same_question(l->asked, f)) {
		free_found(f);
		return;
	}
	free_found(l->asked);
	l->asked = copy(f);
	errand_ask(l->errand, f);
	lookup_work(l);
}

static bool fresh(const struct lookup *l, const struct found *f)
{
	return f && f->version == store_version(l->store);
}

const struct complete *lookup_fields(struct lookup *l)
{
	if (!fresh(l, l->fields)) {
		struct found *f = memory_clear(1, sizeof(*f));

		f->fields = true;
		ask(l, f);
	}
	/* While more is loaded those of before are better than none. */
	return l->fields ? &l->fields->all : NULL;
}

/* Whether what was counted has all values that begin with HEAD. */
static bool covers(const struct found *f, struct span field, struct span head)
{
	struct span had = buffer_span(&f->head);
	struct span start = {head.p, head.n < had.n ? head.n : had.n};

	return span_equal(buffer_span(&f->field), field) &&
	       (f->all.cut ? span_equal_ignoring_case(had, head)
			   : span_equal_ignoring_case(had, start));
}

const struct complete *lookup_values(struct lookup *l, struct span field,
				     struct span head, bool *unknown)
{
	struct found *f;
	struct column_ref column;

	*unknown = false;
	if (fresh(l, l->values) && covers(l->values, field, head))
		return &l->values->all;
	if (!columns_parse(field, &column, NULL)) {
		*unknown = true;
		return NULL;
	}
	f = memory_clear(1, sizeof(*f));
	f->column = column;
	buffer_add_span(&f->field, field);
	/* All of them, so that what is typed next asks no more: unless they
	 * are too many. */
	if (l->values && l->values->all.cut &&
	    span_equal(buffer_span(&l->values->field), field))
		buffer_add_span(&f->head, head);
	ask(l, f);
	return l->values && covers(l->values, field, head) ? &l->values->all
							   : NULL;
}
