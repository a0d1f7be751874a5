/* The exit status of a run without a screen, as grep's. */
#ifndef VERDICT_H
#define VERDICT_H

#include <stdbool.h>
#include <stdint.h>

enum verdict_status {
	VERDICT_MATCHED = 0,
	VERDICT_NOTHING = 1,
	VERDICT_TROUBLE = 2,
	VERDICT_INTERRUPTED = 130
};

struct verdict {
	uint64_t matched, undecided, problems;
	bool unread;            /* some input was not read whole */
	bool strict;
	bool unwritten;         /* the output could not be written */
	bool interrupted;
};

/* 0 something matched; 1 nothing did, every input was read whole and every
 * event decided; 2 nothing matched and something was not read or not decided,
 * or any problem under --strict, or the output failed; 130 interrupted. */
enum verdict_status verdict_of(const struct verdict *);

#endif
