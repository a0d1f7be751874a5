/* What a user masks and shows beyond the policy. */
#ifndef TRAIL_SECRET_CHOICES_H
#define TRAIL_SECRET_CHOICES_H

#include "base/error.h"
#include "base/span.h"
#include "json/paths.h"

#include <stdbool.h>

struct secret_choices;

/* Paths from the configuration: lists with commas between them.  Either may be
 * empty.  NULL and ERR when one is no path; free with secret_choices_free. */
struct secret_choices *secret_choices_new(struct span mask, struct span allow,
					  struct error *err);
void secret_choices_free(struct secret_choices *);

/* Whether the walk's place is to be masked, or to be shown; without choices
 * neither. */
bool secret_choices_mask(const struct secret_choices *,
			 const struct paths_walk *);
bool secret_choices_allow(const struct secret_choices *,
			  const struct paths_walk *);

/* Whether a path that is to be masked is spelled through the walk's leaf: to a
 * place in the JSON that a string holds. */
bool secret_choices_mask_inside(const struct secret_choices *,
				const struct paths_walk *);

#endif
