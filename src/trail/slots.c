/* Owns a few paths and what they were found to mean, shape by shape.  A list is
 * written once, then published, so that asking takes no lock; who comes second
 * throws its own away. */
#include "trail/slots.h"

#include "base/memory.h"
#include "json/paths.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* Chunk K holds FIRST << K shapes. */
enum { FIRST = 256, CHUNKS = 25 };

typedef _Atomic(struct slots_list *) entry;

struct slots {
	char *text;
	size_t length;
	struct paths **paths;
	size_t count;
	bool below;
	_Atomic(entry *) chunk[CHUNKS];
};

static void list_free(struct slots_list *list)
{
	for (uint32_t i = 0; list && i < list->gates; i++)
		free(list->gate[i].steps);
	if (list)
		free(list->gate);
	free(list);
}

struct slots *slots_new(const struct span *paths, size_t count, bool below,
			struct error *err)
{
	struct slots *s = memory_clear(1, sizeof *s);

	s->text = memory_copy(paths[0].p, paths[0].n);
	s->length = paths[0].n;
	s->below = below;
	s->paths = memory_clear(count, sizeof *s->paths);
	for (; s->count < count; s->count++) {
		s->paths[s->count] = paths_parse(paths[s->count], err);
		if (!s->paths[s->count]) {
			slots_free(s);
			return NULL;
		}
	}
	return s;
}

void slots_free(struct slots *s)
{
	if (!s)
		return;
	for (size_t k = 0; k < CHUNKS; k++) {
		entry *chunk = atomic_load(&s->chunk[k]);

		for (size_t i = 0; chunk && i < (size_t)FIRST << k; i++)
			list_free(atomic_load(&chunk[i]));
		free(chunk);
	}
	for (size_t i = 0; i < s->count; i++)
		paths_free(s->paths[i]);
	free(s->paths);
	free(s->text);
	free(s);
}

struct span slots_text(const struct slots *s)
{
	return (struct span){s->text, s->length};
}

static bool named(const struct slots *s, const struct paths_walk *walk)
{
	for (size_t i = 0; i < s->count; i++)
		if (paths_match(s->paths[i], walk))
			return true;
	return false;
}

static void append(struct slots_list **list, size_t *capacity, uint32_t slot)
{
	if ((*list)->count == *capacity) {
		*capacity = memory_grown(*capacity, *capacity + 1,
					 sizeof slot);
		*list = memory_resize(
			*list, 1,
			memory_add(sizeof **list,
				   memory_multiply(*capacity, sizeof slot)));
	}
	(*list)->slot[(*list)->count++] = slot;
}

static bool leads_through(const struct slots *s, const struct paths_walk *walk)
{
	for (size_t i = 0; i < s->count; i++)
		if (paths_leads_through(s->paths[i], walk))
			return true;
	return false;
}

bool slots_named(const struct slots *s, struct paths_walk *walk, uint32_t from)
{
	uint32_t depth = walk->depth;
	bool found = false;

	for (uint32_t d = s->below ? from : depth; d <= depth && !found; d++) {
		walk->depth = d;
		found = named(s, walk);
	}
	walk->depth = depth;
	return found;
}

static void add_gate(struct slots_list *list, const struct paths_walk *walk)
{
	size_t size = walk->depth * sizeof *walk->steps;
	struct slots_gate *gate;

	list->gate = memory_resize(list->gate, list->gates + 1u,
				   sizeof *list->gate);
	gate = &list->gate[list->gates++];
	gate->slot = walk->slot;
	gate->depth = walk->depth;
	gate->steps = memory_alloc(size);
	if (size > 0)
		memcpy(gate->steps, walk->steps, size);
}

static struct slots_list *find(const struct slots *s, struct span template)
{
	struct paths_walk walk;
	struct slots_list *list = memory_clear(1, sizeof *list);
	size_t capacity = 0;
	uint32_t inside = UINT32_MAX;   /* depth of the place that we are in */
	enum paths_event event;

	paths_start(&walk, template);
	while ((event = paths_next(&walk)) != PATHS_END) {
		bool within = inside != UINT32_MAX;

		if (event == PATHS_LEAF) {
			if (within || named(s, &walk))
				append(&list, &capacity, walk.slot);
			else if (leads_through(s, &walk))
				add_gate(list, &walk);
		} else if (event == PATHS_CLOSE) {
			if (inside == walk.depth)
				inside = UINT32_MAX;
		} else if (event != PATHS_SKIPPED && s->below && !within &&
			   named(s, &walk)) {
			inside = walk.depth;
			list->there = true;
		}
	}
	list->there |= list->count > 0;
	return list;
}

/* The chunk, made when it is not there yet. */
static entry *chunk_of(struct slots *s, unsigned k)
{
	entry *chunk = atomic_load_explicit(&s->chunk[k],
					    memory_order_acquire);
	entry *made;

	if (chunk)
		return chunk;
	made = memory_clear((size_t)FIRST << k, sizeof *made);
	if (atomic_compare_exchange_strong(&s->chunk[k], &chunk, made))
		return made;
	free(made);
	return chunk;
}

const struct slots_list *slots_of(struct slots *s, const struct shapes *shapes,
				  uint32_t number)
{
	uint64_t place = (uint64_t)number / FIRST + 1;
	unsigned k = 63u - (unsigned)__builtin_clzll(place);
	entry *at = chunk_of(s, k) +
		    (number - (((size_t)FIRST << k) - FIRST));
	struct slots_list *list = atomic_load_explicit(at,
						       memory_order_acquire);
	struct slots_list *made;

	if (list)
		return list;
	made = find(s, shapes_get(shapes, number)->template);
	if (atomic_compare_exchange_strong(at, &list, made))
		return made;
	list_free(made);
	return list;
}
