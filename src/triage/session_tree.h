/* Who issued which key to whom, as a tree. */
#ifndef TRIAGE_SESSION_TREE_H
#define TRIAGE_SESSION_TREE_H

#include "triage/answer.h"
#include "triage/leaves.h"
#include "triage/sessions.h"

/* *FOUND: there is a key that was issued.  Free with answer_free. */
struct answer *session_tree_answer(const struct sessions *, bool *found);

/* Begins a table for session_tree_around. */
void session_tree_table(struct answer *, const char *name);

/* Adds to it key NUMBER, all that it issued, and before it the chain of keys
 * that it came from. */
void session_tree_around(struct answer *, const struct sessions *,
			 uint32_t number);

/* When the key expires: a cell with the time, however it is spelled, with
 * "unknown", or of a long-term key with nothing.  The leaves are those of
 * session_tree_expirations. */
void session_tree_expires(struct answer *, const struct sessions *,
			  uint32_t number, const struct leaves *);
struct leaves *session_tree_expirations(void);

/* How the origin was found: "credential", "role and session name", … */
const char *session_tree_how(enum sessions_link);

/* Who used the key, or for whom it was made. */
void session_tree_who(const struct sessions *, uint32_t number,
		      struct buffer *out);

#endif
