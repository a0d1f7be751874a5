/* Owns the meaning of operators.  Texts and times in, verdicts out. */
#include "query/judge.h"

#include "text/stamp.h"

static bool equals(const struct predicate *t, struct span text)
{
	struct network address;

	return span_equal(text, t->value) ||
	       (t->addressed && network_parse_address(text, &address) &&
		network_holds(&t->network, &address));
}

static bool in_order(const struct predicate *t, int order)
{
	switch (t->order) {
	case PREDICATE_BELOW:
		return order < 0;
	case PREDICATE_UP_TO:
		return order <= 0;
	case PREDICATE_ABOVE:
		return order > 0;
	case PREDICATE_FROM:
		break;
	}
	return order >= 0;
}

/* What is compared with lasts a while: above it is behind its end. */
static bool compare_time(const struct predicate *t, int64_t time)
{
	const struct moment *m = t->moment;

	if (m->open || time == STAMP_NONE)
		return false;
	return in_order(t, time < m->from ? -1 : time >= m->to);
}

static bool compare(const struct predicate *t, struct span text)
{
	enum { DATE = 10 };     /* 2016-03-18 */
	struct decimal number;
	int64_t time, behind;

	if (t->measure == PREDICATE_NUMBER)
		return decimal_parse(text, &number) &&
		       in_order(t, decimal_compare(&number, &t->number));
	time = stamp_parse(text);
	/* A date alone is its beginning. */
	if (time == STAMP_NONE && text.n == DATE &&
	    !stamp_range(text, &time, &behind, NULL))
		time = STAMP_NONE;
	return compare_time(t, time);
}

static bool holds_address(const struct predicate *t, struct span text)
{
	struct network address;
	size_t at = 0;

	while (network_find(text, &at, &address))
		if (network_holds(&t->network, &address))
			return true;
	return false;
}

static bool find_first(void *context, size_t i)
{
	(void)i;
	*(bool *)context = true;
	return false;
}

static bool one_of(const struct predicate *t, struct span text)
{
	bool found = needles_equal(t->needles, text) != SIZE_MAX;

	if (!found && t->any)
		needles_within(t->needles, text, find_first, &found);
	return found;
}

enum match_verdict judge_text(const struct predicate *t,
			      struct match_worker *worker, struct span text,
			      const atomic_bool *cancel)
{
	bool holds = false;

	switch (t->test) {
	case PREDICATE_MATCHES:
		return match_value(t->regex, worker, text, cancel);
	case PREDICATE_EQUALS:
		holds = equals(t, text);
		break;
	case PREDICATE_COMPARES:
		holds = compare(t, text);
		break;
	case PREDICATE_PRESENT:
		holds = true;
		break;
	case PREDICATE_ONE_OF:
		holds = one_of(t, text);
		break;
	case PREDICATE_HOLDS:
		holds = holds_address(t, text);
		break;
	case PREDICATE_MARK:
		holds = marks_text(t->mark, text);
		break;
	case PREDICATE_WITHIN:
		break;
	}
	return holds ? MATCH_YES : MATCH_NO;
}

bool judge_time(const struct predicate *t, int64_t time)
{
	if (t->test == PREDICATE_COMPARES)
		return compare_time(t, time);
	for (size_t i = 0; i < t->moments; i++) {
		const struct moment *m = &t->moment[i];

		if (!m->open && time != STAMP_NONE && time >= m->from &&
		    time < m->to)
			return true;
	}
	return false;
}

bool judge_by_time(const struct predicate *t)
{
	return t->test == PREDICATE_WITHIN ||
	       (t->test == PREDICATE_COMPARES && !t->any &&
		t->field.column == COLUMN_TIME);
}
