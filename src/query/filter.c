/* Owns a filter once it is read: its expression, its terms, and the filters that
 * come with the program. */
#include "query/filter.h"

#include "query/filter_parts.h"

#include <stdlib.h>

static const struct {
	struct filter_saved saved;
	const char *help;
} presets[] = {
#define PRESET(name, text, help) {{name, text}, help},
#include "query/presets.def"
#undef PRESET
};

enum { PRESETS = sizeof presets / sizeof *presets };

bool filter_preset(size_t i, struct filter_saved *saved, const char **help)
{
	if (i >= PRESETS)
		return false;
	*saved = presets[i].saved;
	*help = presets[i].help;
	return true;
}

struct filter *filter_parse(struct span text, struct error *err)
{
	struct filter_view view = {.predicate = {
		.moment = MOMENT_OPEN_VIEW}};

	return filter_parse_with(text, &view, err);
}

void filter_free(struct filter *f)
{
	if (!f)
		return;
	for (size_t i = 0; i < f->predicates; i++)
		predicate_free(&f->predicate[i]);
	for (size_t i = 0; i < f->copies; i++)
		free(f->copy[i]);
	free(f->copy);
	free(f->predicate);
	free(f->node);
	free(f->term);
	free(f->note);
	free(f->text);
	free(f);
}

struct span filter_text(const struct filter *f)
{
	return (struct span){f->text, f->length};
}

size_t filter_terms(const struct filter *f)
{
	return f->terms;
}

const struct filter_term *filter_term(const struct filter *f, size_t i)
{
	return &f->term[i];
}

size_t filter_predicates(const struct filter *f)
{
	return f->predicates;
}

const struct predicate *filter_predicate(const struct filter *f, size_t i)
{
	return &f->predicate[i];
}

const struct filter_node *filter_nodes(const struct filter *f, size_t *count)
{
	*count = f->nodes;
	return f->node;
}

size_t filter_depth(const struct filter *f)
{
	return f->depth;
}

struct span filter_saved_name(const struct filter *f, size_t i)
{
	return span_of(f->copy[i]);
}

size_t filter_saved_around(const struct filter *f, size_t i)
{
	size_t k = 0, above = 0, around = SIZE_MAX;

	while (f->node[k].kind != FILTER_LEAF || f->node[k].n != i)
		k++;
	/* ABOVE: operands that came after what holds the predicate. */
	for (k++; k < f->nodes; k++)
		switch (f->node[k].kind) {
		case FILTER_LEAF:
			above++;
			break;
		case FILTER_NOT:
			break;
		case FILTER_AND:
		case FILTER_OR:
			above -= above < f->node[k].n ? above
						      : f->node[k].n - 1;
			break;
		case FILTER_SAVED:
			around = above == 0 ? k : around;
			break;
		}
	return around;
}

bool filter_is_relative(const struct filter *f)
{
	for (size_t i = 0; i < f->predicates; i++)
		for (size_t k = 0; k < f->predicate[i].moments; k++)
			if (!f->predicate[i].moment[k].spelled)
				return true;
	return false;
}

bool filter_lists_undecided(const struct filter *f)
{
	return f->undecided;
}

size_t filter_notes(const struct filter *f)
{
	return f->notes;
}

const struct predicate_note *filter_note(const struct filter *f, size_t i)
{
	return &f->note[i];
}
