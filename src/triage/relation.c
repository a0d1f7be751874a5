/* Owns the judgement of one mention.  Knows one record at a time, no store. */
#include "triage/relation.h"

#include "base/memory.h"
#include "json/paths.h"
#include "trail/columns.h"
#include "trail/outcome.h"

#include <stdlib.h>

static const char *const words[] = {
#define STEP(id, word) word,
#include "triage/steps.def"
#undef STEP
};

static const struct {
	const char *service, *event;
	enum step step;
} relations[] = {
#define RELATION(service, event, step) {service, event, STEP_##step},
#include "triage/steps.def"
#undef RELATION
};

enum { RELATIONS = sizeof relations / sizeof *relations };

const char *relation_word(enum step step)
{
	return words[step];
}

static bool starts_with_any(struct span text, const char *const *heads)
{
	for (; *heads; heads++)
		if (span_starts(text, span_of(*heads)))
			return true;
	return false;
}

static bool takes_away(struct span event)
{
	static const char *const heads[] = {
		"Remove", "Delete", "Disassociate", "Detach", NULL};

	return starts_with_any(event, heads);
}

static bool puts_on(struct span event)
{
	static const char *const heads[] = {
		"Create", "Modify", "Update", "Add", "Set", "Associate",
		"Attach", NULL};

	return starts_with_any(event, heads);
}

static bool own_service(struct span service)
{
	return span_is(service, "acm") || span_is(service, "acm-pca") ||
	       span_is(service, "acm-acme");
}

/* A call that is not in the table. */
static enum step judge(const struct record *r, struct span service,
		       enum relation_part part)
{
	struct span event = record_text(r, FIELD_EVENT_NAME);

	if (r->field[FIELD_NOTICE_TYPE] != SHAPES_ABSENT)
		return STEP_NOTICE;
	if (own_service(service) || span_is(service, "iam")) {
		if (outcome_glyph(r) == 'R')
			return STEP_LOOKED;
		return own_service(service) ? STEP_CHANGED : STEP_NAMED;
	}
	if (part != PART_REQUEST || span_is(service, "kms") ||
	    span_is(service, "tagging"))
		return STEP_NAMED;
	if (takes_away(event))
		return STEP_DETACHED;
	return puts_on(event) ? STEP_ATTACHED : STEP_NAMED;
}

enum step relation_step(const struct record *r, enum relation_part part)
{
	struct span service = columns_short_source(
		record_text(r, FIELD_EVENT_SOURCE));
	struct span event = record_text(r, FIELD_EVENT_NAME);
	size_t i = 0;

	if (part == PART_MESSAGE)
		return STEP_ERROR;
	if (part == PART_IDENTITY)
		return STEP_NAMED;
	while (i < RELATIONS && !(span_is(service, relations[i].service) &&
				  span_is(event, relations[i].event)))
		i++;
	if (i == RELATIONS)
		return judge(r, service, part);
	/* With an ARN in the request the certificate was there before (API
	 * reference of ImportCertificate). */
	if (relations[i].step == STEP_IMPORTED && part == PART_REQUEST &&
	    span_is(service, "acm"))
		return STEP_REIMPORTED;
	/* The request names no certificate yet, only the CA that it is to come
	 * from (API reference of RequestCertificate). */
	if (relations[i].step == STEP_REQUESTED && part == PART_REQUEST &&
	    span_is(service, "acm"))
		return STEP_NAMED;
	return relations[i].step;
}

struct relation_parts {
	const struct shapes *shapes;
	uint8_t **parts;
	uint32_t count;
};

struct relation_parts *relation_parts_new(const struct shapes *shapes)
{
	struct relation_parts *p = memory_clear(1, sizeof *p);

	p->shapes = shapes;
	return p;
}

void relation_parts_free(struct relation_parts *p)
{
	if (!p)
		return;
	for (uint32_t i = 0; i < p->count; i++)
		free(p->parts[i]);
	free(p->parts);
	free(p);
}

static enum relation_part part_of(const struct paths_walk *walk)
{
	static const struct {
		const char *key;
		enum relation_part part;
	} tops[] = {
		{"requestParameters", PART_REQUEST},
		{"responseElements", PART_RESPONSE},
		{"resources", PART_RESOURCES},
		{"userIdentity", PART_IDENTITY},
		{"errorMessage", PART_MESSAGE},
	};

	if (walk->depth == 0)
		return PART_ELSEWHERE;
	for (uint32_t i = 1; i < walk->depth; i++)
		if (span_starts(walk->steps[i].key, SPAN("encryptionContext")))
			return PART_CONTEXT;
	for (size_t i = 0; i < sizeof tops / sizeof *tops; i++)
		if (span_is(walk->steps[0].key, tops[i].key))
			return tops[i].part;
	return PART_ELSEWHERE;
}

static uint8_t *find_parts(const struct shape *shape)
{
	uint8_t *parts = memory_alloc(shape->slots);
	struct paths_walk walk;
	enum paths_event event;

	if (shape->slots > 0)
		memset(parts, PART_ELSEWHERE, shape->slots);
	paths_start(&walk, shape->template);
	while ((event = paths_next(&walk)) != PATHS_END)
		if (event == PATHS_LEAF)
			parts[walk.slot] = (uint8_t)part_of(&walk);
	return parts;
}

const uint8_t *relation_parts_of(struct relation_parts *p, uint32_t shape)
{
	if (shape >= p->count) {
		uint32_t count = shapes_count(p->shapes);

		p->parts = memory_resize(p->parts, count,
					  sizeof *p->parts);
		for (; p->count < count; p->count++)
			p->parts[p->count] = NULL;
	}
	if (!p->parts[shape])
		p->parts[shape] = find_parts(shapes_get(p->shapes, shape));
	return p->parts[shape];
}
