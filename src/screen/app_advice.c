/* What is said of terms that hold for nothing: looked for in the background once
 * all is loaded, for the filter that is shown. */
#include "screen/app_parts.h"

#include "base/memory.h"
#include "query/suggest.h"

#include <stdlib.h>

struct question {
	const struct store *store;
	struct filter *filter;
	const char *verdict[APP_ADVICE_MOST];
	size_t predicate[APP_ADVICE_MOST];
	size_t count;
};

static void free_question(void *question)
{
	struct question *q = question;

	filter_free(q->filter);
	free(q);
}

static void forget(struct app_advice *advice)
{
	for (size_t i = 0; i < advice->count; i++) {
		buffer_free(&advice->remark[i].term);
		buffer_free(&advice->remark[i].nearest);
	}
	advice->count = 0;
}

static void free_answer(void *answer)
{
	forget(answer);
	free(answer);
}

static void *answer(void *context, void *question, const atomic_bool *cancel)
{
	const struct question *q = question;
	struct app_advice *found = memory_clear(1, sizeof *found);

	(void)context;
	for (; found->count < q->count; found->count++) {
		struct app_remark *r = &found->remark[found->count];
		const struct predicate *t = filter_predicate(
			q->filter, q->predicate[found->count]);

		buffer_add_span(&r->term, t->text);
		r->verdict = q->verdict[found->count];
		suggest_predicate(q->store, t, cancel, &r->nearest);
	}
	if (!*cancel)
		return found;
	free_answer(found);
	return NULL;
}

struct errand *app_advice_errand(struct jobs *jobs, void (*wake)(void))
{
	static const struct errand_manner manner = {answer, free_question,
						    free_answer};

	return errand_new(&manner, NULL, jobs, wake);
}

void app_advice_free(struct app_advice *advice)
{
	errand_free(advice->errand);
	forget(advice);
}

void app_advice_forget(struct app_advice *advice)
{
	errand_cancel(advice->errand);
	advice->sought = false;
	forget(advice);
}

/* The terms that something is to be said of. */
static void seek(struct app *a)
{
	const struct run_result *r = &a->answer.result;
	struct question *q = memory_clear(1, sizeof *q);

	q->store = a->store;
	q->filter = app_parse_filter(a, filter_text(a->answer.filter), NULL);
	for (size_t i = 0; q->filter && i < r->predicate_count &&
	     q->count < APP_ADVICE_MOST; i++) {
		const struct predicate *t = filter_predicate(q->filter, i);
		bool near;

		q->verdict[q->count] = suggest_verdict(
			t, r->predicates[i], r->undecided > 0,
			a->counts.events, &near);
		if (near)
			q->predicate[q->count++] = i;
	}
	if (q->count > 0)
		errand_ask(a->advice.errand, q);
	else
		free_question(q);
}

/* While more comes, "nothing" is not the last word. */
static bool is_due(const struct app *a)
{
	return !a->advice.sought && !a->loading && a->answer.filter &&
	       a->answer.result.predicate_count > 0 && !work_busy(a->work);
}

bool app_advice_busy(const struct app *a)
{
	return is_due(a) || errand_busy(a->advice.errand);
}

bool app_advice_work(struct app *a)
{
	struct app_advice *found;

	if (is_due(a)) {
		a->advice.sought = true;
		seek(a);
	}
	found = errand_take(a->advice.errand);
	if (!found)
		return false;
	forget(&a->advice);
	memcpy(a->advice.remark, found->remark, sizeof found->remark);
	a->advice.count = found->count;
	free(found);
	return true;
}
