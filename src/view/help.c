/* Which actions the help lists.  Knows the table, not what actions do. */
#include "view/help.h"

#include "base/span.h"

static bool matches(const struct actions_info *info, const char *keys,
		    struct span text)
{
	while (text.n > 0) {
		struct span word = text;
		size_t n = 0;

		while (n < text.n && text.p[n] != ' ')
			n++;
		word.n = n;
		text = span_from(text, n + 1);
		if (n > 0 &&
		    !span_holds_ignoring_case(span_of(info->name), word) &&
		    !span_holds_ignoring_case(span_of(keys), word) &&
		    !span_holds_ignoring_case(span_of(info->help), word))
			return false;
	}
	return true;
}

/* What works here only comes first, then what works in some other places, what
 * works in every list, and at last what works while one types: a place of its
 * own, but it is told. */
enum { RANKS = 4 };

static int rank(const struct actions_info *info, enum actions_place place)
{
	if ((info->where & IN_ANY) == (unsigned)place)
		return 0;
	if (info->where & (unsigned)place)
		return (info->where & IN_LISTS) == IN_LISTS ? 2 : 1;
	return info->where & IN_PROMPT ? 3 : -1;
}

void help_list(struct help *h, const struct bindings *b,
	       enum actions_place place, struct span text)
{
	size_t n = 0;

	h->place = place;
	for (int wanted = 0; wanted < RANKS; wanted++) {
		for (int i = 0; i < ACTION_COUNT; i++) {
			enum action action = (enum action)i;
			const struct actions_info *info = actions_info(action);

			if (rank(info, place) == wanted &&
			    matches(info, bindings_keys(b, action), text))
				h->actions[n++] = action;
		}
	}
	pane_set_count(&h->pane, n);
}

enum action help_selected(const struct help *h)
{
	return h->pane.count ? h->actions[h->pane.cursor] : ACTION_NONE;
}
