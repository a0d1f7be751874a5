/* Loads files into a store on all threads of a pool, while others read it. */
#ifndef LOAD_LOADER_H
#define LOAD_LOADER_H

#include "base/jobs.h"
#include "store/store.h"

#include <stdbool.h>
#include <stdint.h>

struct secret_choices;

/* Why a file was skipped by `since`. */
#define LOADER_OLDER "their names are older than --since"

struct loader_options {
	bool strict;            /* no relaxed reading */
	uint64_t max_inflate;   /* bytes of one file's content; 0: 2 GiB */
	uint64_t max_memory;    /* of the store and of content that is not
				   read yet, in bytes; 0: 80 % of what is free
				   when loading begins */
	/* What a user masks or shows beyond the policy; borrowed, may be
	   NULL. */
	const struct secret_choices *choices;
	/* Files that CloudTrail's own name says to be from before are not
	   opened; ms since 1970 UTC, 0 or STAMP_NONE: all are */
	int64_t since;
	/* Called from a loader thread when there is something new: a segment,
	   a file, OVER when all is.  It must not ask the loader anything
	   itself.  May be NULL. */
	void (*news)(void *context, bool over);
	void *context;
};

struct loader_progress {
	uint64_t files_done, files;     /* files: those that are known yet */
	bool listed;                    /* all of them are */
	uint64_t again;                 /* that were known before loader_again,
					   and are told anew since */
	bool over;
	bool stopped;                   /* before its end: by loader_stop or by
					   a limit */
};

struct loader;

struct loader *loader_new(struct store *, struct jobs *,
			  const struct loader_options *);

/* Stops and waits.  NULL is allowed. */
void loader_free(struct loader *);

/* Begins to load; the paths (`-`: standard input) are borrowed until
 * loader_free.  Once for each loader. */
void loader_start(struct loader *, const char *const *paths, size_t count);

/* Reads the same paths again once all is over: files that are new, that have
 * changed, or that were not read to their ends.  Events that were there before,
 * in their places, stay, and what is not told any more goes. */
void loader_again(struct loader *);

/* Ends as soon as each thread has done its present piece; what was read stays.
 * Does not wait. */
void loader_stop(struct loader *);

/* Until all is over.  Not from a thread of the pool. */
void loader_wait(struct loader *);

struct loader_progress loader_progress(const struct loader *);

#endif
