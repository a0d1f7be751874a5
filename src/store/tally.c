/* Owns nothing: adds up.  What is taken out again goes below zero, and wraps. */
#include "store/tally.h"

struct store_counts tally_none(void)
{
	return (struct store_counts){.first = INT64_MAX, .last = INT64_MIN};
}

void tally_event(struct store_counts *c, const struct segment_event *event,
		 bool in)
{
	uint64_t one = in ? 1 : (uint64_t)-1;

	c->events += one;
	if (event->marks & SEGMENT_NOTICE)
		c->notices += one;
	if (event->marks & SEGMENT_RELAXED)
		c->relaxed += one;
	if (event->marks & SEGMENT_DAMAGED)
		c->damaged += one;
	if (event->time == SEGMENT_NO_TIME)
		c->untimed += one;
	else if (in && event->time < c->first)
		c->first = event->time;
	if (event->time != SEGMENT_NO_TIME && in && event->time > c->last)
		c->last = event->time;
}

void tally_file(struct store_counts *c, const struct store_file *file, bool in)
{
	uint64_t one = in ? 1 : (uint64_t)-1;

	if (file->state != STORE_FILE_WAITING)
		c->files_done += one;
	if (file->state == STORE_FILE_PARTLY)
		c->files_partly += one;
	if (file->state == STORE_FILE_SKIPPED ||
	    file->state == STORE_FILE_DIGEST)
		c->files_skipped += one;
	if (file->state == STORE_FILE_FAILED)
		c->files_failed += one;
	if (file->unverified)
		c->unverified += one * (file->events - file->dropped);
	c->bytes_out += one * file->bytes_out;
	c->rejected += one * file->rejected;
}

void tally_dropped(struct store_counts *c, struct store_file *file)
{
	tally_file(c, file, false);
	file->dropped++;
	tally_file(c, file, true);
}

void tally_forget(struct store_counts *c)
{
	c->events = c->notices = c->duplicates = c->conflicts = 0;
	c->relaxed = c->damaged = c->untimed = 0;
	c->first = INT64_MAX;
	c->last = INT64_MIN;
}

void tally_add(struct store_counts *c, const struct store_counts *coming)
{
	c->events += coming->events;
	c->notices += coming->notices;
	c->duplicates += coming->duplicates;
	c->conflicts += coming->conflicts;
	c->relaxed += coming->relaxed;
	c->damaged += coming->damaged;
	c->untimed += coming->untimed;
	c->memory += coming->memory;
	if (coming->first < c->first)
		c->first = coming->first;
	if (coming->last > c->last)
		c->last = coming->last;
}
