/* Numbers of problems and files; what they say stays in the store. */
#include "view/problems.h"

#include "base/memory.h"

#include <stdlib.h>

/* What failed is a problem already. */
static bool skipped(const struct store_file *file)
{
	return file->state == STORE_FILE_SKIPPED ||
	       file->state == STORE_FILE_DIGEST;
}

void problems_refresh(struct problems *p, const struct store *store)
{
	uint32_t files = store_file_count(store);
	size_t n = 0;

	p->problems = store_problem_count(store);
	for (uint32_t i = 0; i < files; i++) {
		struct store_file file = store_file(store, i);

		if (!skipped(&file))
			continue;
		if (n == p->capacity) {
			p->capacity = memory_grown(n, n + 1, sizeof(*p->files));
			p->files = memory_resize(p->files, p->capacity,
						 sizeof(*p->files));
		}
		p->files[n++] = i;
	}
	pane_set_count(&p->pane, p->problems + n);
}

bool problems_problem(const struct problems *p, const struct store *store,
		      size_t i, struct store_problem *problem)
{
	if (i >= p->problems)
		return false;
	*problem = store_problem(store, i);
	return true;
}

struct store_file problems_file(const struct problems *p,
				const struct store *store, size_t i)
{
	return store_file(store, p->files[i - p->problems]);
}

void problems_free(struct problems *p)
{
	free(p->files);
}
