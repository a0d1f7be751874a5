/* What is done with a value that was found: it is a record, or holds records,
 * or is none, and then it is counted. */
#ifndef LOAD_DELIVERY_H
#define LOAD_DELIVERY_H

#include "base/error.h"
#include "json/scan.h"
#include "load/builder.h"
#include "load/window.h"

#include <stdbool.h>
#include <stdint.h>

/* What was found in a content so far. */
struct delivery_tally {
	uint64_t events;
	uint64_t rejected;      /* JSON or text that is no event */
	bool digest;            /* it is a CloudTrail digest file */
	uint64_t problems;
};

struct delivery;

/* STRICT: no relaxed reading. */
struct delivery *delivery_new(struct store *, struct builder *, bool strict);
void delivery_free(struct delivery *);

/* Begins the content of file INPUT. */
void delivery_start(struct delivery *, uint32_t input);

/* The bytes in which the next values stand.  CUT: they end with a fault that
 * is told elsewhere. */
void delivery_window(struct delivery *, struct window *, bool cut);

/* The scanner to read the value at AT with. */
struct scan *delivery_scan(struct delivery *, const char *at);

/* Takes the value that was scanned with it, which ends at END. */
void delivery_take(struct delivery *, const char *end, uint8_t marks,
		   enum segment_container);

/* Takes the value at AT without a scan if it is an event of a shape that was met
 * before; *AFTER is behind it. */
bool delivery_take_known(struct delivery *, const char *at, const char *end,
			 enum segment_container, const char **after);

/* Counts a value that could not be read. */
void delivery_reject(struct delivery *);

/* A problem at AT.  FROM, in front of it or there: what is shown of the text
 * begins with it. */
void delivery_problem(struct delivery *, const struct error *,
		      const char *from, const char *at);

/* A problem with the value that is being scanned. */
void delivery_fault(struct delivery *, const struct scan_fault *);

/* The same as a scan_notice; CONTEXT is the delivery.  Of one record some
 * notices tell enough. */
void delivery_notice(void *context, const struct scan_fault *);

/* Fills the place of an error. */
void delivery_place(struct delivery *, struct error *, const char *at);

/* At the end of a content: tells of values that were no events among others
 * that were. */
void delivery_finish(struct delivery *);

struct delivery_tally delivery_tally(const struct delivery *);

#endif
