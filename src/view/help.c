/* Which actions the help lists.  Knows the table, not what actions do. */
#include "view/help.h"

#include "base/span.h"

static bool holds(const char *text, struct span word)
{
	struct span rest = span_of(text);

	for (; rest.n >= word.n; rest = span_from(rest, 1)) {
		struct span head = {rest.p, word.n};

		if (span_equal_ignoring_case(head, word))
			return true;
		if (rest.n == 0)
			break;
	}
	return false;
}

static bool matches(const struct actions_info *info, struct span text)
{
	while (text.n > 0) {
		struct span word = text;
		size_t n = 0;

		while (n < text.n && text.p[n] != ' ')
			n++;
		word.n = n;
		text = span_from(text, n + 1);
		if (n > 0 && !holds(info->name, word) &&
		    !holds(info->keys, word) && !holds(info->help, word))
			return false;
	}
	return true;
}

void help_list(struct help *h, enum actions_place place, struct span text)
{
	size_t n = 0;

	h->place = place;
	for (int i = 0; i < ACTION_COUNT; i++) {
		const struct actions_info *info = actions_info((enum action)i);

		/* Where one types is a place of its own, and is told, too. */
		if ((info->where & (unsigned)(place | IN_PROMPT)) &&
		    matches(info, text))
			h->actions[n++] = (enum action)i;
	}
	pane_set_count(&h->pane, n);
}

enum action help_selected(const struct help *h)
{
	return h->pane.count ? h->actions[h->pane.cursor] : ACTION_NONE;
}
