/* Owns the paths that a user chose. */
#include "trail/secret_choices.h"

#include "base/buffer.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

struct secret_choices {
	struct paths **mask, **allow;
	size_t masks, allows;
};

static bool chosen(struct paths *const *list, size_t count,
		   const struct paths_walk *walk)
{
	for (size_t i = 0; i < count; i++)
		if (paths_match(list[i], walk))
			return true;
	return false;
}

bool secret_choices_mask(const struct secret_choices *c,
			 const struct paths_walk *walk)
{
	return c && chosen(c->mask, c->masks, walk);
}

bool secret_choices_allow(const struct secret_choices *c,
			  const struct paths_walk *walk)
{
	return c && chosen(c->allow, c->allows, walk);
}

bool secret_choices_mask_inside(const struct secret_choices *c,
				const struct paths_walk *walk)
{
	for (size_t i = 0; c && i < c->masks; i++)
		if (paths_leads_through(c->mask[i], walk))
			return true;
	return false;
}

/* A path of the user's stands for all below it, too. */
static struct paths *parse_path(struct span text, struct error *err)
{
	struct buffer deep = {0};
	struct paths *path;

	buffer_add_span(&deep, span_trim(text));
	buffer_add_text(&deep, ".**");
	path = paths_parse(buffer_span(&deep), err);
	buffer_free(&deep);
	return path;
}

/* Adds the paths of a list with commas between them. */
static bool add_paths(struct span text, struct paths ***list, size_t *count,
		      struct error *err)
{
	while (text.n > 0) {
		const char *comma = memchr(text.p, ',', text.n);
		size_t n = comma ? (size_t)(comma - text.p) : text.n;
		struct paths *path = parse_path((struct span){text.p, n},
						err);

		if (!path)
			return false;
		*list = memory_resize(*list, *count + 1,
				      sizeof(struct paths *));
		(*list)[(*count)++] = path;
		text = span_from(text, n + 1);
	}
	return true;
}

struct secret_choices *secret_choices_new(struct span mask, struct span allow,
					  struct error *err)
{
	struct secret_choices *c = memory_clear(1, sizeof *c);

	if (add_paths(mask, &c->mask, &c->masks, err) &&
	    add_paths(allow, &c->allow, &c->allows, err))
		return c;
	secret_choices_free(c);
	return NULL;
}

void secret_choices_free(struct secret_choices *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < c->masks; i++)
		paths_free(c->mask[i]);
	for (size_t i = 0; i < c->allows; i++)
		paths_free(c->allow[i]);
	free(c->mask);
	free(c->allow);
	free(c);
}
