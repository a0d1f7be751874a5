/* All that was loaded: segments, shapes, files, problems, and the indexes that
 * join events: duplicates and conflicts, tags of secrets.
 *
 * Loader threads publish sealed segments; any thread reads.  What is in a
 * segment never changes; what joins events may, and then the version does. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/span.h"
#include "store/digests.h"
#include "store/indexes.h"
#include "store/notes.h"
#include "store/segment.h"
#include "store/shapes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An event: its segment's number and its place in it. */
struct store_event {
	uint32_t segment;
	uint32_t index;
};

#define STORE_NO_EVENT ((struct store_event){UINT32_MAX, UINT32_MAX})

/* Where the event stands among COUNT events; COUNT when it is none of them. */
size_t store_place_of(const struct store_event *events, size_t count,
		      struct store_event);

static inline bool store_same_event(struct store_event a, struct store_event b)
{
	return a.segment == b.segment && a.index == b.index;
}

/* Derived values of an event, behind its slots in the row; certificate ARNs
 * follow from STORE_CERTIFICATES on. */
enum store_derived {
	STORE_WHO,
	STORE_RESULT,
	STORE_TARGET,
	STORE_CERTIFICATES
};

enum store_file_state {
	STORE_FILE_WAITING,
	STORE_FILE_LOADED,      /* read to its end */
	STORE_FILE_PARTLY,      /* a fault, a limit or the user stopped it */
	STORE_FILE_FAILED,      /* nothing could be read */
	STORE_FILE_SKIPPED,     /* not a log: `why` says what it is */
	STORE_FILE_DIGEST       /* a CloudTrail digest file */
};

struct store_file {
	char *name;             /* as given or found; raw bytes */
	enum store_file_state state;
	bool unverified;        /* its check sum failed or was not reached */
	char *why;              /* of skipped, partly and failed; or NULL */
	uint64_t size;          /* when it was opened */
	int64_t changed[2];     /* its time stamp then: seconds, nanoseconds;
				   all 0: it is to be read again anyhow */
	uint64_t bytes_in;      /* read */
	uint64_t bytes_out;     /* inflated */
	uint64_t events;        /* read from it, duplicates counted */
	uint64_t dropped;       /* of these; the store's own */
	uint64_t rejected;      /* JSON or text that is no event */
};

struct store_problem {
	uint32_t input;         /* file number */
	struct error error;     /* text, hint, place */
	char *excerpt;          /* the line, masked and escaped, or NULL */
	size_t caret;           /* column of the fault in `excerpt`, from 0 */
};

/* Counts over all that is published. */
struct store_counts {
	uint64_t events;        /* shown: without dropped duplicates */
	uint64_t notices;       /* among them */
	uint64_t duplicates;    /* dropped */
	uint64_t conflicts;     /* kept, marked */
	uint64_t relaxed, damaged, unverified;
	uint64_t rejected;
	uint64_t untimed;
	int64_t first, last;    /* time; first > last when there is none */
	uint64_t files, files_done;     /* done: all but those that wait */
	uint64_t files_partly, files_skipped, files_failed;     /* of them */
	uint64_t bytes_out;     /* inflated */
	uint64_t problems;
	size_t memory;          /* of segments and shapes */
};

struct store;

/* FIELDS: length of a shape's field array (trail/fields). */
struct store *store_new(uint32_t fields);
void store_free(struct store *);

struct shapes *store_shapes(const struct store *);

/* What is noted of events. */
struct notes *store_notes(const struct store *);

/* What the digest files that were loaded say was delivered. */
struct digests *store_digests(const struct store *);

/* Sealed segments in order of publishing, numbers 0 to count - 1. */
uint32_t store_segment_count(const struct store *);
const struct segment *store_segment(const struct store *, uint32_t number);

/* Grows when events were added or what joins them changed. */
uint64_t store_version(const struct store *);

/* For the loader.  Takes the sealed segment.  EVENT_ID, one hash an event of
 * its decoded eventID (0: none), is borrowed. */
void store_take_segment(struct store *, struct segment *,
			const uint64_t *event_id);

/* For the loader: the file table.  NAME is copied; answers its number. */
uint32_t store_add_file(struct store *, const char *name);
/* INPUT is read once more.  Events of it that come now and were there before, in
 * their places, are left out; what is not told any more goes when it was read. */
void store_open_again(struct store *, uint32_t input);
/* Replaces the entry but for its name; takes `why`. */
void store_set_file(struct store *, uint32_t input,
		    const struct store_file *);
/* Takes the excerpt. */
void store_take_problem(struct store *, const struct store_problem *);

uint32_t store_file_count(const struct store *);
/* A copy; the strings are borrowed and stay until the store is freed. */
struct store_file store_file(const struct store *, uint32_t input);
/* Problems, in order of place (input, offset) once loading is over: then the old
 * ones of files that were read again go.  A number that was counted before is
 * still good. */
size_t store_problem_count(const struct store *);
struct store_problem store_problem(const struct store *, size_t i);
void store_counts(const struct store *, struct store_counts *);

/* The loader says when it is over: problems are sorted, tags are given. */
void store_finish(struct store *);
/* And that it reads on: what is added has no tags, and no place among the
 * problems, until it is over again.  ID: the field of eventIDs. */
void store_resume(struct store *, uint32_t id);
/* How often it was over; 0: it is not.  Only when that changes may an event come
 * back that was dropped. */
uint32_t store_finished(const struct store *);

/* A duplicate of another event, or no longer in its file: to be left out
 * everywhere. */
bool store_dropped(const struct store *, struct store_event);
/* The event that is shown in place of one that is dropped; itself when there is
 * none, or it is not known at present.  STORE_NO_EVENT is allowed. */
struct store_event store_kept(const struct store *, struct store_event);
/* The same for events 64 * WORD to 64 * WORD + 63 of a segment, a bit each. */
uint64_t store_dropped_word(const struct store *, uint32_t segment,
			    uint32_t word);
/* Another event has the same eventID and other content. */
bool store_conflict(const struct store *, struct store_event);
/* Its file's check sum did not hold, or it stood beside an inflate fault. */
bool store_unverified(const struct store *, struct store_event);

/* The next event that is not dropped, in order of publishing; start with
 * STORE_NO_EVENT.  False at the end. */
bool store_next(const struct store *, struct store_event *);

/* Order by (input, record), the last sort key: <0, 0, >0. */
int store_compare(const struct store *, struct store_event,
		  struct store_event);

/* The one door for values: what people may see of a value, decoded.  A
 * secret's mask is made in SCRATCH (cleared first), so the text may point
 * there; otherwise it is borrowed from the segment. */
struct span store_text(const struct store *, uint32_t segment, uint32_t value,
		       struct buffer *scratch);

/* As store_text, but as it stands in the log, with quotes where it has them:
 * what is written to JSON.  Made in SCRATCH (cleared first).  Of a
 * secret what store_text has, as a JSON string. */
struct span store_token(const struct store *, uint32_t segment,
			uint32_t value, struct buffer *scratch);

/* For --unmask and reveal only: the token, secrets in clear, with quotes. */
void store_clear_token(const struct store *, uint32_t segment,
		       uint32_t value, struct buffer *out);

static inline bool store_is_secret(uint32_t value)
{
	return (value & VALUES_ARENA) == VALUES_SECRET;
}

/* A secret of which only parts are masked: what is shown is its text. */
bool store_is_partly_secret(const struct store *, uint32_t segment,
			    uint32_t value);

/* How masks are worded; set once, before loading. */
struct store_masks {
	const char *(*name)(uint32_t rule);     /* "session token" */
	bool (*sized)(uint32_t rule);           /* its length may be told */
	bool ascii;                             /* [ ] instead of ‹ › */
};
void store_set_masks(struct store *, struct store_masks);

/* What a later room joins events by: see store/indexes.h. */
const void *store_index(const struct store *, const struct indexes_kind *);

/* The indicators of whoever looks, which the column `ioc` tells; borrowed, set
 * once, before loading.  NULL: none. */
struct needles;
void store_set_indicators(struct store *, const struct needles *);
const struct needles *store_indicators(const struct store *);

/* What a later room finds out about single events, as words, which the column
 * `finding` tells.  Set once, before loading; NULL: nothing. */
struct store_remarks {
	/* What is known of what is published now; another answer than before
	   means that it is more. */
	const void *(*known)(const struct store *);
	/* The words about an event: at most MOST are written to WORD, literals;
	   answers how many there are. */
	size_t (*words)(const void *known, struct store_event,
			const char **word, size_t most);
};
void store_set_remarks(struct store *, const struct store_remarks *);
const struct store_remarks *store_remarks(const struct store *);

const struct shape *store_shape(const struct store *, struct store_event);

/* The value number in SLOT of the event. */
static inline uint32_t store_slot(const struct store *store,
				  struct store_event e, uint32_t slot)
{
	return segment_row(store_segment(store, e.segment), e.index)[slot];
}

/* The value number of a field (trail/fields), or VALUES_NONE when the event
 * has no such field. */
uint32_t store_field(const struct store *, struct store_event,
		     uint32_t field);

/* Derived value number WHICH (enum store_derived; certificate I is
 * STORE_CERTIFICATES + I), or VALUES_NONE. */
uint32_t store_derived(const struct store *, struct store_event,
		       uint32_t which);
/* How many certificate ARNs the event has. */
uint32_t store_certificates(const struct store *, struct store_event);

#endif
