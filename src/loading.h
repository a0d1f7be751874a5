/* The store, the threads and the loader of a run, on a screen or without. */
#ifndef LOADING_H
#define LOADING_H

#include "base/jobs.h"
#include "load/loader.h"
#include "request.h"
#include "store/store.h"

struct loading {
	struct store *store;
	struct jobs *jobs;
	struct loader *loader;
};

/* Begins to load what was asked for.  ASCII: how masks are drawn.  NEWS as in
 * loader_options; it is called from other threads. */
void loading_start(struct loading *, const struct request *, bool ascii,
		   void (*news)(void *context, bool over));

/* Stops, waits and frees. */
void loading_end(struct loading *);

#endif
