/* Questions that are answered in the background: one at a time, and when more
 * is asked meanwhile only the newest.  The screen's thread asks and takes; it
 * never waits.  What is asked and answered, its owner knows. */
#ifndef SCREEN_ERRAND_H
#define SCREEN_ERRAND_H

#include <stdatomic.h>
#include <stdbool.h>

struct jobs;
struct errand;

struct errand_manner {
	/* On any thread: the answer, or NULL when *CANCEL became true. */
	void *(*answer)(void *context, void *question,
			const atomic_bool *cancel);
	void (*free_question)(void *question);
	void (*free_answer)(void *answer);
};

/* JOBS of NULL: what is asked is answered at once, on the same thread.  WAKE
 * is called from any thread when there is something to take. */
struct errand *errand_new(const struct errand_manner *, void *context,
			  struct jobs *, void (*wake)(void));

/* Ends what runs, and waits for that.  NULL is allowed. */
void errand_free(struct errand *);

/* Takes the question.  What was asked before is overtaken: what runs is
 * cancelled, and nothing of it can be taken any more. */
void errand_ask(struct errand *, void *question);

/* Asks what runs to end.  Where that is answered too, the answer can be taken. */
void errand_stop(struct errand *);

/* Forgets what was asked, and its answer. */
void errand_cancel(struct errand *);

/* From within the manner's answer: what can be taken already, while the rest is
 * worked out; the errand takes it. */
void errand_hand(struct errand *, void *part);

/* The answer to what was asked last, or a part of it, once, owned by the caller;
 * NULL when there is none. */
void *errand_take(struct errand *);

/* Something was asked that has not been answered. */
bool errand_busy(struct errand *);

#endif
