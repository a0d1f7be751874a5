/* A sealed run of events and their values, immutable.  Knows no other segment;
 * what joins events lives in the store. */
#ifndef STORE_SEGMENT_H
#define STORE_SEGMENT_H

#include "base/region.h"
#include "store/values.h"

#include <stdint.h>

/* The time of an event without one that can be read; sorts last. */
#define SEGMENT_NO_TIME INT64_MAX

enum segment_mark {
	SEGMENT_RELAXED = 1,    /* not JSON, read with permissions */
	SEGMENT_DAMAGED = 2,    /* kept up to a fault */
	SEGMENT_NOTICE = 4,     /* an EventBridge notice, not an API call */
	SEGMENT_FAILED = 8      /* it has a result: a refused or failed call */
};

/* What stood around the record; the column `container`. */
enum segment_container {
	SEGMENT_RECORDS,        /* {"Records":[…]} */
	SEGMENT_RECORD,         /* alone, or one after another */
	SEGMENT_ARRAY,
	SEGMENT_EVENTBRIDGE,
	SEGMENT_LOOKUP,         /* aws cloudtrail lookup-events */
	SEGMENT_LOGS,           /* CloudWatch Logs */
	SEGMENT_WRAPPER,        /* _raw, message, _source, … */
	SEGMENT_ENVELOPE        /* a notice: the record is its envelope */
};

struct segment_event {
	int64_t time;           /* ms since 1970 UTC, or SEGMENT_NO_TIME */
	uint64_t offset;        /* of the record in its file's (inflated) text;
				   for JSON in strings: of the string */
	uint32_t shape;
	uint32_t first;         /* in the segment's row[] */
	uint32_t input;         /* file number */
	uint32_t record;        /* in the file, from 0, duplicates counted */
	uint32_t line;          /* from 1 */
	uint8_t marks;          /* enum segment_mark, or'ed */
	uint8_t container;      /* enum segment_container */
};

struct segment {
	struct values values;
	struct region events;   /* struct segment_event, count + 1 of them;
				   the last tells only `first` */
	struct region row;      /* uint32_t value numbers: for each event its
				   slots, then its derived values */
	struct region runs;     /* uint32_t: where each run of events begins that
				   are of one file, records ascending */
	uint32_t count;
	uint32_t row_count;
	uint32_t run_count;
	uint64_t json;          /* bytes of record text it was made of */
};

static inline const struct segment_event *
segment_event(const struct segment *s, uint32_t i)
{
	return (const struct segment_event *)s->events.base + i;
}

/* The value numbers of event I: first its slots, then the derived ones. */
static inline const uint32_t *segment_row(const struct segment *s, uint32_t i)
{
	return (const uint32_t *)s->row.base + segment_event(s, i)->first;
}

/* How many value numbers event I has in all. */
static inline uint32_t segment_row_length(const struct segment *s, uint32_t i)
{
	return segment_event(s, i + 1)->first - segment_event(s, i)->first;
}

/* For the builder: a segment that is being filled. */
struct segment *segment_new(void);

/* EVENT's first is set here; ROW holds LENGTH value numbers. */
void segment_add(struct segment *, struct segment_event event,
		 const uint32_t *row, uint32_t length);

/* Gives back unused room; the segment does not change any more. */
void segment_seal(struct segment *);

/* Bytes of memory held. */
size_t segment_size(const struct segment *);

void segment_free(struct segment *);

#endif
