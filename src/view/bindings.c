/* Owns the keys that were changed.  Knows names, places and keys, not what an
 * action does, nor where the changes came from. */
#include "view/bindings.h"

#include "base/memory.h"
#include "base/nearest.h"
#include "view/keys.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The next word of a list with blanks between, or false. */
static bool next_word(struct span *list, struct span *word)
{
	size_t n = 0;

	*list = span_trim(*list);
	while (n < list->n && list->p[n] != ' ')
		n++;
	*word = (struct span){list->p, n};
	*list = span_from(*list, n);
	return n > 0;
}

static bool refuse_name(struct span name, struct error *err)
{
	const char *names[ACTION_COUNT];
	const char *nearest;

	for (int i = 0; i < ACTION_COUNT; i++)
		names[i] = actions_info((enum action)i)->name;
	nearest = nearest_name(name, names, ACTION_COUNT);
	error_set(err, "%.*s: no such action", (int)name.n, name.p);
	return nearest ? error_hint(err, "%s?", nearest)
		       : error_hint(err, "acmtui --list-keys names them");
}

/* Terminals take these for flow control, Enter, Backspace and Tab. */
static bool is_taken(uint32_t key)
{
	static const char letters[] = "SQJHIM";

	for (const char *p = letters; *p; p++)
		if (key == keys_control(*p))
			return true;
	return false;
}

/* Whether WORD names a key that an action of the place WHERE may have. */
static bool check_key(struct span word, unsigned where, struct error *err)
{
	uint32_t key;

	if (!keys_parse(word, &key)) {
		error_set(err, "%.*s: no such key", (int)word.n, word.p);
		return error_hint(err, "a character, Space, Ctrl-A, Alt-b, "
				  "PgDn, F5");
	}
	if (is_taken(key) && span_starts(word, SPAN("Ctrl-")))
		return error_set(err, "%.*s: terminals keep this key for "
				 "themselves", (int)word.n, word.p);
	if ((where & IN_ANY) == IN_PROMPT && keys_printable(key))
		return error_set(err, "%.*s: where one types it is text",
				 (int)word.n, word.p);
	return true;
}

bool bindings_change(struct bindings *b, struct span name, struct span keys,
		     struct error *err)
{
	enum action action = actions_named(name);
	struct span rest = keys, word;

	if (action == ACTION_NONE)
		return refuse_name(name, err);
	while (next_word(&rest, &word))
		if (!check_key(word, actions_info(action)->where, err))
			return false;
	free(b->changed[action]);
	keys = span_trim(keys);
	b->changed[action] = memory_copy(keys.p, keys.n);
	return true;
}

/* Whether KEY is among the action's. */
static bool has_key(const struct bindings *b, enum action action, uint32_t key)
{
	struct span rest = span_of(bindings_keys(b, action)), word;
	uint32_t one;

	while (next_word(&rest, &word))
		if (keys_parse(word, &one) && one == key)
			return true;
	return false;
}

/* Whether none of the action's keys means another thing where it works. */
static bool check_action(const struct bindings *b, enum action action,
			 struct error *err)
{
	const struct actions_info *info = actions_info(action);
	struct span rest = span_of(bindings_keys(b, action)), word;
	uint32_t key;

	while (next_word(&rest, &word)) {
		if (!keys_parse(word, &key))
			continue;
		for (int i = 0; i < ACTION_COUNT; i++) {
			const struct actions_info *other =
				actions_info((enum action)i);

			if (i == (int)action ||
			    !(other->where & info->where & IN_ANY) ||
			    !has_key(b, (enum action)i, key))
				continue;
			error_set(err, "%s: %.*s is a key of %s too",
				  info->name, (int)word.n, word.p, other->name);
			return error_hint(err, "\"%s\": \"\" takes its keys "
					  "away", other->name);
		}
	}
	return true;
}

bool bindings_check(const struct bindings *b, struct error *err)
{
	for (int i = 0; i < ACTION_COUNT; i++)
		if (b->changed[i] && !check_action(b, (enum action)i, err))
			return false;
	return true;
}

const char *bindings_keys(const struct bindings *b, enum action action)
{
	return b->changed[action] ? b->changed[action]
				  : actions_info(action)->keys;
}

struct bindings_key bindings_key(const struct bindings *b, enum action action)
{
	struct span rest = span_of(bindings_keys(b, action)), word;
	struct bindings_key key;

	if (next_word(&rest, &word))
		snprintf(key.text, sizeof key.text, "%.*s", (int)word.n,
			 word.p);
	else
		snprintf(key.text, sizeof key.text, ":%s",
			 actions_info(action)->name);
	return key;
}

enum action bindings_action(const struct bindings *b, uint32_t key,
			    enum actions_place place)
{
	if (place == IN_PROMPT && keys_printable(key))
		return ACTION_NONE;
	for (int i = 0; i < ACTION_COUNT; i++)
		if (actions_info((enum action)i)->where & (unsigned)place &&
		    has_key(b, (enum action)i, key))
			return (enum action)i;
	return ACTION_NONE;
}

void bindings_free(struct bindings *b)
{
	for (int i = 0; i < ACTION_COUNT; i++)
		free(b->changed[i]);
	*b = (struct bindings){{0}};
}
