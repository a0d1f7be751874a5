/* The table of actions.  Knows names and keys, not what an action does. */
#include "view/actions.h"

#include <string.h>

static const struct actions_info table[ACTION_COUNT] = {
#define ACTION(id, group_, name_, where_, keys_, help_) \
	[ACTION_##id] = {.name = name_, .group = group_, .where = where_, \
			 .keys = keys_, .help = help_},
#include "view/actions.def"
#undef ACTION
};

const struct actions_info *actions_info(enum action action)
{
	return &table[action];
}

enum action actions_named(struct span name)
{
	for (int i = 0; i < ACTION_COUNT; i++)
		if (span_is(name, table[i].name))
			return (enum action)i;
	return ACTION_NONE;
}

enum action actions_begun(struct span head)
{
	enum action only = ACTION_NONE;

	for (int i = 0; i < ACTION_COUNT; i++) {
		if (!span_starts(span_of(table[i].name), head))
			continue;
		if (only != ACTION_NONE)
			return ACTION_NONE;
		only = (enum action)i;
	}
	return only;
}

static bool begins_group(int i)
{
	for (int k = 0; k < i; k++)
		if (strcmp(table[k].group, table[i].group) == 0)
			return false;
	return true;
}

void actions_list(struct buffer *out)
{
	for (int first = 0; first < ACTION_COUNT; first++) {
		if (!begins_group(first))
			continue;
		buffer_printf(out, "%s%s\n", first > 0 ? "\n" : "",
			      table[first].group);
		for (int i = first; i < ACTION_COUNT; i++)
			if (strcmp(table[i].group, table[first].group) == 0)
				buffer_printf(out, "  %-18s %-17s %s\n",
					      table[i].keys, table[i].name,
					      table[i].help);
	}
}
