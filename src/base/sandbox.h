/* Giving up the rights that are not needed any more, before a log is read:
 * what an attacker's log might make of a mistake ends here.  As much of it as
 * the kernel offers, and a text that says how much. */
#ifndef BASE_SANDBOX_H
#define BASE_SANDBOX_H

#include "base/buffer.h"

#include <stdbool.h>

/* Files, or folders with all that is below them.  What does not exist is left
 * out. */
struct sandbox_rules {
	const char *const *read;
	size_t read_n;
	const char *const *write;       /* may be read too */
	size_t write_n;
};

struct sandbox_state {
	bool entered;
	bool no_dumps;          /* no core file, no memory for a debugger */
	bool no_privileges;     /* none that a program could give */
	int landlock;           /* version that guards the files; 0: none */
	int landlock_cause;     /* errno when there is none */
	unsigned calls;         /* system calls refused; 0: none */
	int calls_cause;
};

/* Once, by the first thread, while there is no other.  Cannot be undone; what
 * is open stays open.  Never fails: STATE says what is in force. */
void sandbox_enter(const struct sandbox_rules *, struct sandbox_state *);

/* Whether the file at PATH, which could not be read for the CAUSE (errno), could be
 * by its rights: then it is the sandbox that refuses it. */
bool sandbox_refuses(const char *path, int cause);

/* Adds what is in force, and what is not and why, in a line without its
 * break.  Not entered is "off". */
void sandbox_describe(const struct sandbox_state *, struct buffer *out);

/* Adds the version of libseccomp, `2.5.4`; nothing when built without. */
void sandbox_version(struct buffer *out);

#endif
