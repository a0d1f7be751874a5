/* Which key does what: as actions.def has it, or as it was changed. */
#ifndef VIEW_BINDINGS_H
#define VIEW_BINDINGS_H

#include "base/error.h"
#include "base/span.h"
#include "view/actions.h"

#include <stdbool.h>
#include <stdint.h>

/* A key, or what stands in for one. */
struct bindings_key {
	char text[32];
};

/* All zero: those of actions.def. */
struct bindings {
	char *changed[ACTION_COUNT];    /* names of keys; owned; NULL: as in
					   actions.def */
};

/* Gives the action of that NAME these KEYS, a blank between them, instead of its
 * own; none take its keys away.  ERR says which word is no name of an action or
 * of a key; then nothing is changed. */
bool bindings_change(struct bindings *, struct span name, struct span keys,
		     struct error *err);

/* Whether no key means two things in one place.  ERR names the first that
 * does. */
bool bindings_check(const struct bindings *, struct error *err);

/* The names of the action's keys, a blank between them, the one to be told
 * first. */
const char *bindings_keys(const struct bindings *, enum action);

/* The first of them, for sentences; an action without keys is told as it is
 * typed: `:saved`. */
struct bindings_key bindings_key(const struct bindings *, enum action);

/* What KEY does in PLACE; ACTION_NONE when nothing.  In the prompt printable
 * keys are text and do nothing here. */
enum action bindings_action(const struct bindings *, uint32_t key,
			    enum actions_place place);

void bindings_free(struct bindings *);

#endif
