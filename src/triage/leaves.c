/* Owns the resolved paths. */
#include "triage/leaves.h"

#include "base/memory.h"
#include "trail/row.h"
#include "trail/slots.h"

#include <stdlib.h>

struct leaves {
	size_t count;
	struct slots *path[];
};

struct leaves *leaves_new(const char *const *paths, size_t count)
{
	struct leaves *l = memory_alloc(memory_add(
		sizeof *l, memory_multiply(count, sizeof l->path[0])));

	l->count = count;
	for (size_t i = 0; i < count; i++) {
		struct span path = span_of(paths[i]);
		struct error err = {.line = 0};

		l->path[i] = slots_new(&path, 1, false, &err);
		if (!l->path[i])
			die("%s: %s", paths[i], err.text);
	}
	return l;
}

void leaves_free(struct leaves *l)
{
	for (size_t i = 0; l && i < l->count; i++)
		slots_free(l->path[i]);
	free(l);
}

struct span leaves_text(const struct leaves *l, const struct store *store,
			struct store_event event, size_t path, uint32_t nth)
{
	struct row row = row_of(store, event);
	struct record record = row_record(&row);
	const struct slots_list *list = slots_of(
		l->path[path], store_shapes(store), row.event->shape);

	if (nth >= list->count)
		return (struct span){NULL, 0};
	/* The text lies in the store, not in the record that asks for it. */
	/* cppcheck-suppress returnDanglingLifetime */
	return record.text(&record, list->slot[nth]);
}

struct span leaves_first(const struct leaves *l, const struct store *store,
			 struct store_event event)
{
	for (size_t i = 0; i < l->count; i++) {
		struct span text = leaves_text(l, store, event, i, 0);

		if (text.n > 0)
			return text;
	}
	return (struct span){NULL, 0};
}
