/* The pane of a field's values: which field, counted in the background, and from
 * a value to filter text or to its first event. */
#include "screen/app_parts.h"

#include "base/memory.h"
#include "query/compose.h"

#include <stdlib.h>

struct question {
	const struct store *store;
	struct column_ref column;
	struct store_event *shown;
	size_t count;
};

static void free_question(void *question)
{
	struct question *q = question;

	columns_free(&q->column);
	free(q->shown);
	free(q);
}

static void *answer(void *jobs, void *question, const atomic_bool *cancel)
{
	const struct question *q = question;

	return ranking_new(q->store, jobs, &q->column, q->shown, q->count,
			   cancel);
}

static void free_answer(void *ranking)
{
	ranking_free(ranking);
}

const struct errand_manner *app_values_counting(void)
{
	static const struct errand_manner manner = {answer, free_question,
						    free_answer};

	return &manner;
}

void app_values_free(struct app_values *v)
{
	errand_free(v->errand);
	ranking_free(v->ranking);
	columns_free(&v->column);
}

void app_values_count(struct app *a)
{
	struct question *q = memory_clear(1, sizeof *q);

	q->store = a->store;
	q->column = columns_copy(&a->values.column);
	q->count = a->list.total;
	q->shown = memory_alloc(memory_multiply(q->count, sizeof *q->shown));
	if (q->count > 0)
		memcpy(q->shown, a->list.all, q->count * sizeof *q->shown);
	errand_ask(a->values.errand, q);
}

bool app_values_work(struct app *a)
{
	struct app_values *v = &a->values;
	struct ranking *r = errand_take(v->errand);

	if (!r)
		return false;
	ranking_free(v->ranking);
	v->ranking = r;
	pane_set_count(&v->pane, r->count);
	return true;
}

/* Of the field of that name. */
static void open(struct app *a, struct span name)
{
	struct app_values *v = &a->values;
	struct column_ref column;
	struct error err;

	if (!columns_parse(name, &column, &err)) {
		app_say(a, ROLE_WARNING, "%s", err.text);
		return;
	}
	columns_free(&v->column);
	v->column = column;
	v->column.ascii = a->set == SHOW_ASCII;
	ranking_free(v->ranking);
	v->ranking = NULL;
	v->order = RANKING_COUNT;
	pane_set_count(&v->pane, 0);
	a->overlay = IN_VALUES;
	app_values_count(a);
}

static void do_values(struct app *a)
{
	if (a->argument.n > 0)
		open(a, a->argument);
	else
		a->valuing = true;
}

/* The letters are those of the pivots, and v again. */
static void do_values_of(struct app *a)
{
	static const struct {
		char letter;
		const char *name;
	} fields[] = {
		{'p', "who"}, {'c', "certificate"}, {'k', "key"},
		{'s', "session"}, {'r', "role"}, {'i', "from"},
		{'a', "user-agent"}, {'e', "event"}, {'o', "account"},
		{'n', "region"}, {'t', "target"}, {'g', "request-id"},
	};
	struct buffer name = {0};

	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if ((uint32_t)fields[i].letter == a->key)
			buffer_add_text(&name, fields[i].name);
	if (name.n > 0 || app_field(a, &name))
		open(a, buffer_span(&name));
	else
		app_say(a, ROLE_DIM, "what is under the cursor is no field");
	buffer_free(&name);
}

static void do_values_order(struct app *a)
{
	struct app_values *v = &a->values;

	v->order = (v->order + 1) % RANKING_ORDERS;
	pane_go(&v->pane, 0);
}

static const struct distinct_value *selected(const struct app_values *v)
{
	return v->pane.count > 0
		? ranking_value(v->ranking, v->order, v->pane.cursor) : NULL;
}

static void use(struct app *a, bool negated, bool only)
{
	const struct distinct_value *value = selected(&a->values);
	struct buffer field = {0}, term = {0};

	if (!value)
		return;
	columns_name(&a->values.column, &field);
	if (compose_term(buffer_span(&field), &value->text, 1, negated, &term))
		app_use_term(a, buffer_span(&field), buffer_span(&term), only);
	else
		app_say(a, ROLE_WARNING, "no filter can say this value");
	buffer_free(&field);
	buffer_free(&term);
}

static void do_values_include(struct app *a)
{
	use(a, false, false);
}

static void do_values_exclude(struct app *a)
{
	use(a, true, false);
}

static void do_values_only(struct app *a)
{
	use(a, false, true);
}

static void do_values_go(struct app *a)
{
	const struct distinct_value *value = selected(&a->values);

	if (!value)
		return;
	a->overlay = 0;
	if (!app_go_event(a, value->first))
		app_say(a, ROLE_DIM, "the filter hides its first event: here "
			"it is among all others, %s goes back",
			app_key_of(a, ACTION_CONTEXT).text);
}

const struct app_handler app_values_handlers[] = {
	{ACTION_VALUES, do_values},
	{ACTION_VALUES_OF, do_values_of},
	{ACTION_VALUES_ORDER, do_values_order},
	{ACTION_VALUES_INCLUDE, do_values_include},
	{ACTION_VALUES_EXCLUDE, do_values_exclude},
	{ACTION_VALUES_ONLY, do_values_only},
	{ACTION_VALUES_GO, do_values_go},
	{ACTION_NONE, NULL}
};
