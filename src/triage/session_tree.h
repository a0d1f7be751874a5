/* Who issued which key to whom, as a tree. */
#ifndef TRIAGE_SESSION_TREE_H
#define TRIAGE_SESSION_TREE_H

#include "triage/answer.h"
#include "triage/leaves.h"
#include "triage/sessions.h"

/* *FOUND: there is a key that was issued.  Free with answer_free. */
struct answer *session_tree_answer(const struct sessions *, bool *found);

/* Begins a table for session_tree_add. */
void session_tree_table(struct answer *, const char *name);

/* What is told of a key. */
enum session_tree_part {
	SESSION_TREE_LEFT_OUT,          /* with all below it */
	SESSION_TREE_KEY,               /* it, and what is told below it */
	SESSION_TREE_WHOLE              /* with all below it */
};

/* Adds to it the tree of key ROOT, of which PART says by key what is told; what
 * is below a whole one becomes whole there. */
void session_tree_add(struct answer *, const struct sessions *, uint32_t root,
		      uint8_t *part);

/* When the key expires: a cell with the time, however it is spelled, with
 * "unknown", or of a long-term key with nothing.  The leaves are those of
 * session_tree_expirations. */
void session_tree_expires(struct answer *, const struct sessions *,
			  uint32_t number, const struct leaves *);
struct leaves *session_tree_expirations(void);

/* How the origin was found: "credential", "role and session name", … */
const char *session_tree_how(enum sessions_link);

#endif
