/* Knows the forms in which CloudTrail records are handed around, as a table.
 * Nothing flows through it: it is asked about one scanned value at a time. */
#include "load/envelope.h"

/* Where inner values stand: a path from the holder's root, `[]` for each
 * element of a list.  A leaf there is JSON in a string. */
struct wrapper {
	const char *path;
	enum segment_container container;
	bool list;              /* the first key may begin a streamed list */
};

static const struct wrapper wrappers[] = {
	{"Records[]", SEGMENT_RECORDS, true},
	{"CloudTrailEvent", SEGMENT_LOOKUP, false},
	{"Events[]", SEGMENT_LOOKUP, true},
	{"logEvents[]", SEGMENT_LOGS, true},
	{"events[]", SEGMENT_LOGS, true},
	{"test_events[]", SEGMENT_WRAPPER, true},
	{"detail", SEGMENT_EVENTBRIDGE, false},
	{"message", SEGMENT_WRAPPER, false},
	{"_raw", SEGMENT_WRAPPER, false},
	{"input.message", SEGMENT_WRAPPER, false},
	{"_source", SEGMENT_WRAPPER, false},
	{"data", SEGMENT_WRAPPER, false},
	{"aws.cloudtrail", SEGMENT_WRAPPER, false},
	{"event", SEGMENT_WRAPPER, false},
	{"[]", SEGMENT_ARRAY, false},
};

enum { WRAPPERS = sizeof wrappers / sizeof wrappers[0] };

/* Keys at the top of a value that tell what it is. */
enum mark {
	EVENT_NAME = 1, EVENT_TIME = 2, EVENT_VERSION = 4, EVENT_SOURCE = 8,
	EVENT_ID = 16, INSIGHT = 32, DETAIL_TYPE = 64, SOURCE = 128,
	DIGEST_START = 256, DIGEST_END = 512, LOG_FILES = 1024,
	EVENT_TYPE = 2048
};

static const struct {
	const char *key;
	enum mark mark;
} marks[] = {
	{"eventName", EVENT_NAME}, {"eventTime", EVENT_TIME},
	{"eventVersion", EVENT_VERSION}, {"eventSource", EVENT_SOURCE},
	{"eventID", EVENT_ID}, {"eventId", EVENT_ID},
	{"eventType", EVENT_TYPE}, {"insightDetails", INSIGHT},
	{"detail-type", DETAIL_TYPE}, {"source", SOURCE},
	{"digestStartTime", DIGEST_START}, {"digestEndTime", DIGEST_END},
	{"logFiles", LOG_FILES},
};

static unsigned mark_of(struct span key)
{
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (span_is(key, marks[i].key))
			return marks[i].mark;
	return 0;
}

/* The record contents document asks for eventName with eventTime, eventSource
 * and eventVersion; insights and aggregated events lack the name; old and
 * hand-made records lack one or another. */
static bool is_event(unsigned m)
{
	if (m & EVENT_NAME)
		return m & (EVENT_TIME | EVENT_VERSION | EVENT_SOURCE);
	return (m & EVENT_VERSION) &&
	       (m & (INSIGHT | EVENT_ID | EVENT_TIME | EVENT_TYPE));
}

static bool is_digest(unsigned m)
{
	return (m & DIGEST_START) && (m & DIGEST_END) && (m & LOG_FILES);
}

/* Whether the walk stands where PATH says.  Paths here are short, plain, and
 * known, so they need no paths_parse. */
static bool stands_at(const struct paths_walk *w, const char *path)
{
	uint32_t depth = 0;

	while (*path) {
		size_t n = strcspn(path, ".[");
		const struct paths_step *step = &w->steps[depth];

		if (n > 0) {
			if (depth == w->depth || !step->key.p ||
			    !span_equal(step->key, (struct span){path, n}))
				return false;
			depth++;
			path += n;
		}
		if (*path == '[') {
			if (depth == w->depth || w->steps[depth].key.p)
				return false;
			depth++;
			path += 2;
		}
		if (*path == '.')
			path++;
	}
	return depth == w->depth;
}

static const struct wrapper *wrapper_at(const struct paths_walk *w)
{
	struct span key = w->steps[0].key;
	char first = '[';

	if (w->depth == 0 || w->depth > 2 || (key.p && key.n == 0))
		return NULL;
	if (key.p)
		first = key.p[0];
	for (size_t i = 0; i < WRAPPERS; i++)
		if (first == wrappers[i].path[0] &&
		    stands_at(w, wrappers[i].path))
			return &wrappers[i];
	return NULL;
}

static bool holds_text(const struct scan *scan, uint32_t slot)
{
	uint8_t kind = scan->tokens[slot].kind;

	return kind == SCAN_STRING || kind == SCAN_STRING_SINGLE ||
	       kind == SCAN_STRING_OPEN;
}

/* Text that can be JSON begins with a bracket, maybe escaped or after blanks. */
static bool begins_like_json(struct span text)
{
	size_t i = 0;

	while (i < text.n && strchr(" \t\r\n", text.p[i]))
		i++;
	return i < text.n && (text.p[i] == '{' || text.p[i] == '[' ||
			      text.p[i] == '\\');
}

static bool may_hold(const struct scan *scan, uint32_t slot)
{
	const struct scan_token *t = &scan->tokens[slot];

	return holds_text(scan, slot) &&
	       begins_like_json((struct span){t->text, t->length});
}

enum envelope_kind envelope_judge(struct paths_walk *w,
				  const struct scan *scan)
{
	enum paths_event event;
	unsigned found = 0, detail = 0;
	bool holder = false, list = false;

	paths_start(w, buffer_span(&scan->template));
	while ((event = paths_next(w)) != PATHS_END) {
		if (event == PATHS_CLOSE || event == PATHS_SKIPPED)
			continue;
		if (w->depth == 1 && w->steps[0].key.p)
			found |= mark_of(w->steps[0].key);
		if (w->depth == 2 && w->steps[1].key.p &&
		    span_is(w->steps[0].key, "detail"))
			detail |= mark_of(w->steps[1].key);
		if (event == PATHS_ARRAY)
			list |= w->depth == 0 ||
				(w->depth == 1 && w->steps[0].key.p &&
				 envelope_list_key(w->steps[0].key, NULL));
		else if (!holder && wrapper_at(w))
			holder = event == PATHS_OBJECT ||
				 may_hold(scan, w->slot);
	}
	if (is_event(found))
		return ENVELOPE_EVENT;
	if ((found & DETAIL_TYPE) && (found & SOURCE) && !is_event(detail))
		return ENVELOPE_NOTICE;
	if (is_digest(found))
		return ENVELOPE_DIGEST;
	if (holder)
		return ENVELOPE_HOLDER;
	return list ? ENVELOPE_EMPTY : ENVELOPE_OTHER;
}

/* Where the present bracket of the walk stands in the scanned bytes: behind
 * the last hole's token, as many bytes as in the template. */
static const char *place(const struct envelope_iterator *it)
{
	const struct scan_token *t;
	const char *end;

	if (it->walk.slot == 0)
		return it->start + it->walk.at;
	t = &it->scan->tokens[it->walk.slot - 1];
	end = t->text + t->length;
	if (t->kind == SCAN_STRING || t->kind == SCAN_STRING_SINGLE)
		end++;
	return end + (it->walk.at - it->hole - 1);
}

bool envelope_next(struct envelope_iterator *it, struct envelope_inner *inner)
{
	struct paths_walk *w = &it->walk;
	enum paths_event event;

	if (!it->begun)
		paths_start(w, buffer_span(&it->scan->template));
	it->begun = true;
	while ((event = paths_next(w)) != PATHS_END) {
		const struct wrapper *wrapper;

		if (event == PATHS_LEAF || event == PATHS_SKIPPED)
			it->hole = w->at;
		if (event != PATHS_LEAF && event != PATHS_OBJECT)
			continue;
		wrapper = wrapper_at(w);
		if (!wrapper)
			continue;
		*inner = (struct envelope_inner){wrapper->container, NULL,
						 NULL};
		if (event == PATHS_OBJECT)
			inner->at = place(it);
		else if (may_hold(it->scan, w->slot))
			inner->text = &it->scan->tokens[w->slot];
		else
			continue;
		return true;
	}
	return false;
}

bool envelope_list_key(struct span key, enum segment_container *container)
{
	for (size_t i = 0; i < WRAPPERS; i++) {
		struct span path = span_of(wrappers[i].path);

		if (!wrappers[i].list ||
		    !span_equal(key, (struct span){path.p, path.n - 2}))
			continue;
		if (container)
			*container = wrappers[i].container;
		return true;
	}
	return false;
}

bool envelope_notice_source(struct span source)
{
	return span_is(source, "aws.acm") || span_is(source, "aws.acm-pca");
}
