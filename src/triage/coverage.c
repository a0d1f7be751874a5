/* Owns the counts by account, region and hour.  A file's hour is that of its
 * delivery, which CloudTrail writes into its name and which follows the events
 * by minutes. */
#define _GNU_SOURCE
#include "triage/coverage.h"

#include "base/memory.h"
#include "text/stamp.h"
#include "trail/row.h"
#include "load/inputs.h"
#include "query/names.h"

#include <stdlib.h>

enum {
	HOUR = 3600 * 1000,             /* ms */
	LONGEST = 24 * 366 * 30         /* hours that an area may span */
};

struct hour {
	uint32_t files, unreadable, events;
};

/* One account in one region. */
struct area {
	struct span account, region;
	struct hour *hour;
	int64_t first;                  /* hour[0] */
	size_t hours;
	uint64_t files, unreadable, events, untimed;
};

struct making {
	const struct store *store;
	struct names *accounts, *regions;
	struct names *pairs;            /* numbers are those of area[] */
	struct area *area;
	uint32_t areas;
	uint32_t last[3];               /* account, region, area */
	uint64_t other_files, digests;
	size_t gaps;
	uint64_t named, absent;         /* log files of digests */
};

/* Of a file with events: digests and Insights have names of their own. */
static bool is_log_name(const char *name, struct input_name *parts)
{
	return inputs_parse_name(name, parts) &&
	       span_is(parts->family, "CloudTrail");
}

static struct area *area_of(struct making *m, uint32_t account,
			    uint32_t region)
{
	uint32_t pair[2] = {account, region};
	uint32_t number;

	if (m->areas > 0 && m->last[0] == account && m->last[1] == region)
		return &m->area[m->last[2]];
	number = names_add(m->pairs, (struct span){(const char *)pair,
						   sizeof pair});
	if (number == m->areas) {
		m->area = memory_resize(m->area, m->areas + 1u,
					sizeof *m->area);
		m->area[m->areas++] = (struct area){
			.account = names_text(m->accounts, account),
			.region = names_text(m->regions, region)};
	}
	m->last[0] = account;
	m->last[1] = region;
	m->last[2] = number;
	return &m->area[number];
}

/* The counts of one hour; NULL when it lies absurdly far from the others. */
static struct hour *hour_of(struct area *a, int64_t hour)
{
	if (a->hours == 0) {
		a->hour = memory_clear(24, sizeof *a->hour);
		a->first = hour;
		a->hours = 24;
	}
	if (hour < a->first) {
		uint64_t more = (uint64_t)(a->first - hour);

		if (more + a->hours > LONGEST)
			return NULL;
		more += 24;
		a->hour = memory_resize(a->hour, a->hours + more,
					sizeof *a->hour);
		memmove(a->hour + more, a->hour,
			a->hours * sizeof *a->hour);
		memset(a->hour, 0, more * sizeof *a->hour);
		a->hours += more;
		a->first -= (int64_t)more;
	} else if ((uint64_t)(hour - a->first) >= a->hours) {
		uint64_t need = (uint64_t)(hour - a->first) + 24;

		if (need > LONGEST)
			return NULL;
		a->hour = memory_resize(a->hour, need, sizeof *a->hour);
		memset(a->hour + a->hours, 0,
		       (need - a->hours) * sizeof *a->hour);
		a->hours = need;
	}
	return &a->hour[hour - a->first];
}

static void read_event(struct making *m, struct store_event event)
{
	struct row row = row_of(m->store, event);
	uint32_t account = row_field(&row, FIELD_RECIPIENT_ACCOUNT);
	uint32_t region = names_value(m->regions, event.segment,
				      row_field(&row, FIELD_REGION));
	struct area *a;
	struct hour *h = NULL;

	if (account == VALUES_NONE)
		account = row_field(&row, FIELD_USER_ACCOUNT);
	account = names_value(m->accounts, event.segment, account);
	if (account == NAMES_NONE)
		account = names_add(m->accounts, SPAN("?"));
	if (region == NAMES_NONE)
		region = names_add(m->regions, SPAN("?"));
	a = area_of(m, account, region);
	a->events++;
	if (row.event->time != SEGMENT_NO_TIME)
		h = hour_of(a, row.event->time / HOUR);
	if (h)
		h->events++;
	else
		a->untimed++;
}

static void read_file(struct making *m, const struct store_file *file)
{
	struct input_name name;
	struct area *a;
	struct hour *h;

	if (file->state == STORE_FILE_DIGEST) {
		m->digests++;
		return;
	}
	if (file->state == STORE_FILE_SKIPPED)
		return;
	if (!is_log_name(file->name, &name)) {
		m->other_files++;
		return;
	}
	a = area_of(m, names_add(m->accounts, name.account),
		    names_add(m->regions, name.region));
	a->files++;
	h = hour_of(a, name.time / HOUR);
	if (h)
		h->files++;
	if (file->state == STORE_FILE_LOADED && !file->unverified)
		return;
	a->unreadable++;
	if (h)
		h->unreadable++;
}

static int by_name(const void *a, const void *b)
{
	const struct area *x = a, *y = b;
	int order = span_compare(x->account, y->account);

	return order ? order : span_compare(x->region, y->region);
}

/* Without the room around what was counted. */
static void trim(const struct area *a, size_t *from, size_t *to)
{
	*from = 0;
	*to = a->hours;
	while (*from < *to && a->hour[*from].files == 0 &&
	       a->hour[*from].events == 0)
		++*from;
	while (*to > *from && a->hour[*to - 1].files == 0 &&
	       a->hour[*to - 1].events == 0)
		--*to;
}

static void add_areas(struct making *m, struct answer *a)
{
	static const char *const heads[] = {
		"account", "region", "files", "unreadable", "events",
		"first_hour", "last_hour", "hours", "hours_without_file"};

	answer_table(a, "areas", heads, 9);
	for (uint32_t i = 0; i < m->areas; i++) {
		struct area *area = &m->area[i];
		size_t from, to;
		uint64_t without = 0;

		trim(area, &from, &to);
		for (size_t k = from; k < to; k++)
			without += area->hour[k].files == 0;
		answer_row(a, 0, STORE_NO_EVENT);
		answer_span(a, area->account);
		answer_span(a, area->region);
		answer_count(a, area->files);
		answer_count(a, area->unreadable);
		answer_count(a, area->events);
		answer_time(a, from < to ? (area->first + (int64_t)from) *
			    HOUR : SEGMENT_NO_TIME, false);
		answer_time(a, from < to ? (area->first + (int64_t)to - 1) *
			    HOUR : SEGMENT_NO_TIME, false);
		answer_count(a, to - from);
		answer_count(a, without);
	}
}

static char sign(const struct hour *h)
{
	if (h->unreadable > 0)
		return '!';
	if (h->files > 0)
		return h->events > 0 ? '#' : 'o';
	return h->events > 0 ? '+' : '.';
}

/* The signs of the day that begins at HOUR; false when there is nothing in
 * it. */
static bool day_strip(const struct area *area, size_t from, size_t to,
		      int64_t hour, char strip[24])
{
	bool any = false;

	for (int64_t k = 0; k < 24; k++) {
		int64_t at = hour + k - area->first;

		strip[k] = at < (int64_t)from || at >= (int64_t)to
			? ' ' : sign(&area->hour[at]);
		any |= strip[k] != ' ' && strip[k] != '.';
	}
	return any;
}

/* Days without anything are one row, from the first to the last. */
static void add_day(struct answer *a, const struct area *area, int64_t first,
		    int64_t last, struct span strip)
{
	char day[STAMP_ROOM];
	struct buffer days = {0};

	answer_row(a, 0, STORE_NO_EVENT);
	answer_span(a, area->account);
	answer_span(a, area->region);
	stamp_format(first * HOUR, STAMP_ISO, STAMP_UTC, day);
	buffer_add(&days, day, 10);
	if (last > first) {
		stamp_format(last * HOUR, STAMP_ISO, STAMP_UTC, day);
		buffer_add_text(&days, " to ");
		buffer_add(&days, day, 10);
	}
	answer_span(a, buffer_span(&days));
	answer_span(a, strip);
	buffer_free(&days);
}

static void add_area_days(struct answer *a, const struct area *area,
			  size_t from, size_t to)
{
	int64_t hour = (area->first + (int64_t)from) / 24 * 24;
	int64_t end = area->first + (int64_t)to, empty = INT64_MIN;
	char strip[24];

	for (; hour < end; hour += 24) {
		if (!day_strip(area, from, to, hour, strip)) {
			if (empty == INT64_MIN)
				empty = hour;
			continue;
		}
		if (empty != INT64_MIN)
			add_day(a, area, empty, hour - 24, SPAN("nothing"));
		empty = INT64_MIN;
		add_day(a, area, hour, hour, (struct span){strip, 24});
	}
}

static void add_days(struct making *m, struct answer *a)
{
	static const char *const heads[] = {"account", "region", "day",
					    "hours_00_to_23"};

	answer_table(a, "days", heads, 4);
	for (uint32_t i = 0; i < m->areas; i++) {
		size_t from, to;

		trim(&m->area[i], &from, &to);
		add_area_days(a, &m->area[i], from, to);
	}
}

/* Hours without a file, one after another. */
struct gap {
	const struct area *area;
	size_t from, to;
	uint64_t events;
	uint64_t unlike;        /* its area */
};

static int unlike_first(const void *a, const void *b)
{
	const struct gap *x = a, *y = b;

	if (x->unlike != y->unlike)
		return x->unlike < y->unlike ? 1 : -1;
	if (x->area != y->area)
		return x->area < y->area ? -1 : 1;
	return (x->from > y->from) - (x->from < y->from);
}

/* Adds those of an area to *GAPS.  An hour says more in an area that seldom is
 * without a file than a day in one that often is. */
static size_t find_gaps(const struct area *area, struct gap **gaps,
			size_t count)
{
	size_t from, to, end, first = count;
	uint64_t without = 0;

	trim(area, &from, &to);
	for (size_t k = from; area->files > 0 && k < to; k = end) {
		struct gap gap = {.area = area, .from = k};

		for (end = k; end < to && area->hour[end].files == 0; end++)
			gap.events += area->hour[end].events;
		gap.to = end;
		without += end - k;
		if (end == k) {
			end++;
			continue;
		}
		*gaps = memory_resize(*gaps, count + 1, sizeof **gaps);
		(*gaps)[count++] = gap;
	}
	for (size_t i = first; i < count; i++)
		(*gaps)[i].unlike = 1000 * ((*gaps)[i].to - (*gaps)[i].from) *
				    (to - from) / without;
	return count;
}

static void add_gaps(struct making *m, struct answer *a)
{
	static const char *const heads[] = {"account", "region", "from",
					    "until", "hours", "events"};
	struct gap *gaps = NULL;

	for (uint32_t i = 0; i < m->areas; i++)
		m->gaps = find_gaps(&m->area[i], &gaps, m->gaps);
	if (m->gaps > 1)
		qsort(gaps, m->gaps, sizeof *gaps, unlike_first);
	answer_table(a, "without_file", heads, 6);
	for (size_t i = 0; i < m->gaps; i++) {
		const struct gap *g = &gaps[i];

		answer_row(a, 0, STORE_NO_EVENT);
		answer_span(a, g->area->account);
		answer_span(a, g->area->region);
		answer_time(a, (g->area->first + (int64_t)g->from) * HOUR,
			    false);
		answer_time(a, (g->area->first + (int64_t)g->to) * HOUR,
			    false);
		answer_count(a, g->to - g->from);
		answer_count(a, g->events);
	}
	free(gaps);
}

/* A file's name without folders and all behind the first dot: whether it is
 * compressed says nothing. */
static struct span stem(struct span name)
{
	const char *base = memrchr(name.p, '/', name.n), *dot;

	if (base)
		name = span_from(name, (size_t)(base + 1 - name.p));
	dot = name.n ? memchr(name.p, '.', name.n) : NULL;
	if (dot)
		name.n = (size_t)(dot - name.p);
	return name;
}

static int by_key(const void *a, const void *b)
{
	const struct digests_log *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	return order ? order : (x->input > y->input) - (x->input < y->input);
}

static void add_absent(struct answer *a, const struct store *store,
		       const struct digests_log *log)
{
	struct input_name name;

	answer_row(a, 0, STORE_NO_EVENT);
	answer_span(a, span_of(log->key));
	if (is_log_name(log->key, &name)) {
		answer_span(a, name.account);
		answer_span(a, name.region);
		answer_time(a, name.time / HOUR * HOUR, false);
	} else {
		answer_none(a);
		answer_none(a);
		answer_none(a);
	}
	answer_span(a, span_of(store_file(store, log->input).name));
}

/* The log files that digests name and that are not among those loaded. */
static void add_named(struct making *m, struct answer *a)
{
	static const char *const heads[] = {"log_file", "account", "region",
					    "hour", "named_by"};
	struct digests *digests = store_digests(m->store);
	size_t count = digests_count(digests);
	struct digests_log *log = memory_alloc(memory_multiply(count + 1,
							       sizeof *log));
	struct names *there = names_new(m->store);

	for (uint32_t i = 0; i < store_file_count(m->store); i++)
		names_add(there, stem(span_of(store_file(m->store, i).name)));
	for (size_t i = 0; i < count; i++)
		log[i] = digests_log(digests, i);
	if (count > 1)
		qsort(log, count, sizeof *log, by_key);
	answer_table(a, "not_on_disk", heads, 5);
	for (size_t i = 0; i < count; i++) {
		bool again = i > 0 && strcmp(log[i].key, log[i - 1].key) == 0;

		m->named += !again;
		if (again || names_find(there, stem(span_of(log[i].key))) !=
				     NAMES_NONE)
			continue;
		m->absent++;
		add_absent(a, m->store, &log[i]);
	}
	names_free(there);
	free(log);
}

static void add_notes(struct making *m, struct answer *a)
{
	if (m->gaps > 1)
		answer_note(a, "without file: what is least like its area comes first");
	answer_note(a, "hours: # file and events, o file without events, + "
		    "events without a file of that hour, ! unreadable file, . "
		    "no file: no file is not the same as a file without "
		    "events");
	if (m->digests == 0)
		answer_note(a, "digests: none in the loaded data, so files "
			    "that were deleted cannot be told: look below "
			    "CloudTrail-Digest");
	else
		answer_note(a, "digests: %llu files name %llu log files, %llu "
			    "of them not on disk; signatures and hashes are "
			    "not checked",
			    (unsigned long long)m->digests,
			    (unsigned long long)m->named,
			    (unsigned long long)m->absent);
	if (m->other_files > 0)
		answer_note(a, "names: %llu files are not named as CloudTrail "
			    "names log files; only their events count here",
			    (unsigned long long)m->other_files);
}

struct answer *coverage_of(const struct store *store, const atomic_bool *cancel,
			   bool *found)
{
	struct making m = {.store = store, .accounts = names_new(store),
			   .regions = names_new(store),
			   .pairs = names_new(store)};
	struct answer *a = answer_new("coverage");
	struct store_event event = STORE_NO_EVENT;
	struct store_counts counts;

	while (!(cancel && *cancel) && store_next(store, &event))
		read_event(&m, event);
	for (uint32_t i = 0; i < store_file_count(store); i++) {
		struct store_file file = store_file(store, i);

		read_file(&m, &file);
	}
	*found = m.areas > 0;
	if (m.areas > 1)
		qsort(m.area, m.areas, sizeof *m.area, by_name);
	store_counts(store, &counts);
	answer_fact(a, "files");
	answer_count(a, counts.files);
	answer_fact(a, "events");
	answer_count(a, counts.events);
	add_areas(&m, a);
	add_days(&m, a);
	add_gaps(&m, a);
	add_named(&m, a);
	add_notes(&m, a);
	for (uint32_t i = 0; i < m.areas; i++)
		free(m.area[i].hour);
	free(m.area);
	names_free(m.accounts);
	names_free(m.regions);
	names_free(m.pairs);
	return a;
}
