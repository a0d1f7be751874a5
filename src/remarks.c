/* Owns the wording of remarks on filters, columns and orders.  Knows nothing of
 * loading and writing. */
#include "remarks.h"

#include "query/compose.h"
#include "query/suggest.h"
#include "write/report.h"

struct remarks {
	const struct request *request;
	const struct store *store;
	const struct run_result *result;
	struct buffer *said;
};

/* What a term that holds for nothing may have been meant to be. */
static void add_suggestion(const struct remarks *r, const struct predicate *t)
{
	struct buffer text = {0};

	if (suggest_predicate(r->store, t, NULL, &text)) {
		buffer_add_text(r->said, "    hint: ");
		show_write(buffer_span(&text), r->request->set, r->said);
		buffer_add_byte(r->said, '\n');
	}
	buffer_free(&text);
}

static void add_term(const struct remarks *r, struct span term,
		     const char *what)
{
	buffer_add_text(r->said, "acmtui: filter: ");
	show_write(term, r->request->set, r->said);
	buffer_printf(r->said, ": %s\n", what);
}

/* A term that holds for nothing though all that it is made of holds for
 * something, such as not event? */
static void add_empty_terms(const struct remarks *r)
{
	const struct filter *filter = r->request->filter;
	size_t all;
	const struct filter_node *node = filter_nodes(filter, &all);

	for (size_t i = 0; i < r->result->term_count; i++) {
		const struct filter_term *t = filter_term(filter, i);
		bool said = r->result->terms[i] > 0;

		for (uint32_t k = t->first; k < t->end; k++)
			said |= node[k].kind == FILTER_LEAF &&
				r->result->predicates[node[k].n] == 0;
		if (!said)
			add_term(r, t->text,
				 suggest_none(r->result->undecided > 0));
	}
}

/* The predicates of a saved filter from *I on are told as one; *I is then the
 * last of them.  False when nothing was saved there. */
static bool add_saved(const struct remarks *r, size_t *i)
{
	const struct filter *filter = r->request->filter;
	size_t node = filter_saved_around(filter, *i), first = *i, none = 0, n;
	size_t end = first;

	if (node == SIZE_MAX)
		return false;
	while (end < r->result->predicate_count &&
	       filter_saved_around(filter, end) == node)
		none += r->result->predicates[end++] == 0;
	*i = end - 1;
	if (none == 0)
		return true;
	buffer_add_text(r->said, "acmtui: filter: saved:");
	show_write(filter_saved_name(filter, filter_nodes(filter, &n)[node].n),
		   r->request->set, r->said);
	buffer_add_text(r->said, ": ");
	if (none == end - first)
		buffer_add_text(r->said, "holds");
	else
		buffer_printf(r->said, "%zu of its %zu tests hold", none,
			      end - first);
	buffer_printf(r->said, " for no event that %s\n",
		      r->result->undecided > 0 ? "could be decided"
					       : "was loaded");
	return true;
}

static bool any_has(const struct store *store, const struct column_ref *ref)
{
	struct store_event e = STORE_NO_EVENT;
	bool has = false;

	while (!has && store_next(store, &e))
		has = columns_present(store, e, ref);
	return has;
}

/* A path of a user's that no event has, once: it may be misspelt. */
static void add_path(const struct remarks *r, enum option option,
		     const struct column_ref *ref, struct buffer *seen)
{
	struct buffer name = {0}, term = {0};
	size_t before = seen->n;
	struct filter *filter;

	columns_name(ref, &name);
	report_add_line(seen, buffer_span(&name));
	if (ref->column == COLUMN_PATH && seen->n > before &&
	    !any_has(r->store, ref)) {
		buffer_printf(r->said, "acmtui: --%s: ",
			      options_info(option)->name);
		show_write(buffer_span(&name), r->request->set, r->said);
		buffer_add_text(r->said,
				": no event that was loaded has it\n");
		compose_presence(buffer_span(&name), true, &term);
		filter = filter_parse(buffer_span(&term), NULL);
		if (filter && filter_predicates(filter) == 1)
			add_suggestion(r, filter_predicate(filter, 0));
		filter_free(filter);
	}
	buffer_free(&name);
	buffer_free(&term);
}

/* Paths that were asked for and are in nothing that was loaded. */
static void add_paths(const struct remarks *r)
{
	const struct request *q = r->request;
	const struct layout *layout = &q->output.layout;
	bool values = q->output.format == OUTPUT_VALUES;
	enum option from = values ? OPTION_OUTPUT : OPTION_COLUMNS;
	struct buffer seen = {0};
	struct store_counts all;

	store_counts(r->store, &all);
	for (size_t i = 0; all.events > 0 && q->options->given[from] &&
			   i < layout->count; i++)
		add_path(r, from, &layout->column[i].ref, &seen);
	for (size_t i = 0; all.events > 0 && q->options->given[OPTION_SORT] &&
			   i < q->order.count; i++)
		add_path(r, OPTION_SORT, &q->order.key[i].column, &seen);
	buffer_free(&seen);
}

/* What the filter's terms mean for what was loaded. */
static void add_terms(const struct remarks *r)
{
	const struct filter *filter = r->request->filter;
	struct store_counts all;

	store_counts(r->store, &all);
	for (size_t i = 0; i < filter_notes(filter); i++)
		buffer_printf(r->said, "acmtui: filter:%zu: %s\n",
			      filter_note(filter, i)->column,
			      filter_note(filter, i)->text);
	for (size_t i = 0; i < r->result->predicate_count; i++) {
		const struct predicate *t = filter_predicate(filter, i);
		bool near;
		const char *what = suggest_verdict(
			t, r->result->predicates[i], r->result->undecided > 0,
			all.events, &near);

		if (add_saved(r, &i) || !what)
			continue;
		add_term(r, t->text, what);
		if (near)
			add_suggestion(r, t);
	}
	add_empty_terms(r);
}

void remarks_add(const struct request *request, const struct store *store,
		 const struct run_result *result, struct buffer *said)
{
	const struct remarks r = {request, store, result, said};

	add_terms(&r);
	add_paths(&r);
}
