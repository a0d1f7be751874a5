/* Owns the table of telling parameter names and ranks the leaves of a shape by
 * it: named parameters of the request, things that the response names, ARNs in
 * resources, parameters that are weak or lie deeper, any other parameter.  Knows
 * keys; only target_slot looks at texts. */
#include "trail/target.h"

#include "store/shapes.h"
#include "trail/secret.h"

enum strength { STRONG, OBJECT_KEY, WEAK };

static const struct {
	const char *name;
	enum strength strength;
} names[] = {
#define TARGET(name, strength) {name, strength},
#include "trail/targets.def"
#undef TARGET
};

static const uint8_t lengths[] = {
#define TARGET(name, strength) sizeof(name) - 1,
#include "trail/targets.def"
#undef TARGET
};

static const struct span never[] = {
#define NEVER(name) {name, sizeof(name) - 1},
#include "trail/targets.def"
#undef NEVER
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { NAMES = COUNT(names) };

enum area { ELSEWHERE, REQUEST, RESPONSE, RESOURCES };

/* A name's place in the table is added to these. */
enum {
	RANK_REQUEST = 0,
	RANK_RESPONSE = 1000,
	RANK_RESOURCES = 2000,
	RANK_DEEP = 3000,
	RANK_WEAK = 4000,
	RANK_ANY = 5000
};

void target_start(struct targets *t)
{
	t->area = ELSEWHERE;
	t->count = 0;
}

static enum area area_of(struct span key)
{
	if (span_is(key, "requestParameters"))
		return REQUEST;
	if (span_is(key, "responseElements") ||
	    span_is(key, "serviceEventDetails"))
		return RESPONSE;
	return span_is(key, "resources") ? RESOURCES : ELSEWHERE;
}

void target_enter(struct targets *t, struct span key)
{
	t->area = (uint8_t)area_of(key);
}

/* But for the case of the first letter. */
static bool same_name(struct span key, const char *name)
{
	return key.n > 0 && (key.p[0] | 0x20) == (name[0] | 0x20) &&
	       memcmp(key.p + 1, name + 1, key.n - 1) == 0;
}

/* The place of KEY in the table, or NAMES. */
static size_t find(struct span key)
{
	const uint8_t *at = lengths, *end = lengths + NAMES;

	if (key.n > UINT8_MAX)
		return NAMES;
	while ((at = memchr(at, (int)key.n, (size_t)(end - at))) != NULL) {
		if (same_name(key, names[at - lengths].name))
			return (size_t)(at - lengths);
		at++;
	}
	return NAMES;
}

bool target_known_name(struct span word)
{
	for (size_t i = 0; i < NAMES; i++)
		if (span_is(word, names[i].name))
			return true;
	return false;
}

/* The key that names the leaf: the last one, past arrays and the words that
 * older and newer EC2 calls wrap values into. */
static struct span naming_key(const struct paths_walk *walk)
{
	for (uint32_t i = walk->depth; i > 1; i--) {
		struct span key = walk->steps[i - 1].key;

		if (key.p && !span_is(key, "content") &&
		    !span_is(key, "items") && !span_is(key, "item"))
			return key;
	}
	return (struct span){"", 0};
}

/* Whether some key on the way tells that nothing below names a target. */
static bool beside(const struct paths_walk *walk)
{
	for (uint32_t i = 1; i < walk->depth; i++) {
		struct span key = walk->steps[i].key;

		for (size_t k = 0; key.p && k < COUNT(never); k++)
			if (key.n == never[k].n && same_name(key, never[k].p))
				return true;
	}
	return false;
}

/* Of its keys, so that a key that stands twice can be known; 0 inside of
 * arrays, where that is usual, and below a key that is longer than any. */
static uint64_t place_of(const struct paths_walk *walk)
{
	enum { LONGEST = 256 };
	uint64_t hash = 14695981039346656037u;

	for (uint32_t i = 0; i < walk->depth; i++) {
		struct span key = walk->steps[i].key;

		if (!key.p || key.n > LONGEST)
			return 0;
		for (size_t k = 0; k < key.n; k++)
			hash = (hash ^ (unsigned char)key.p[k]) * 1099511628211u;
		hash = (hash ^ 0xff) * 1099511628211u;
	}
	return hash;
}

/* Below more than one key of the request; arrays do not count. */
static bool is_deep(const struct paths_walk *walk)
{
	uint32_t keys = 0;

	for (uint32_t i = 1; i < walk->depth; i++)
		keys += walk->steps[i].key.p != NULL;
	return keys > 1;
}

/* The rank of the leaf, or UINT32_MAX. */
static uint32_t rank_of(const struct targets *t, const struct paths_walk *walk,
			bool *object_key)
{
	struct span key = naming_key(walk);
	size_t name;

	if (t->area == RESOURCES)
		return walk->depth == 2 || span_is(key, "ARN") ? RANK_RESOURCES
							      : UINT32_MAX;
	name = find(key);
	if (name == NAMES)
		return t->area == REQUEST ? RANK_ANY : UINT32_MAX;
	if (t->area == RESPONSE)
		return RANK_RESPONSE + (uint32_t)name;
	if (names[name].strength == OBJECT_KEY) {
		*object_key = walk->depth == 2;
		return *object_key ? RANK_REQUEST + (uint32_t)name : RANK_ANY;
	}
	if (names[name].strength == WEAK)
		return RANK_WEAK + (uint32_t)name;
	return (is_deep(walk) ? RANK_DEEP : RANK_REQUEST) + (uint32_t)name;
}

/* The same name again: the first place is as good, but a key that stands twice
 * in an object means its last value.  Whether that settled it. */
static bool known(struct targets *t, const struct target_pick *pick)
{
	for (size_t i = 0; i < t->count; i++) {
		if (t->pick[i].rank != pick->rank)
			continue;
		if (pick->place != 0 && t->pick[i].place == pick->place) {
			t->pick[i].slot = pick->slot;
			return true;
		}
		if (pick->rank < RANK_ANY)
			return true;
	}
	return false;
}

void target_consider(struct targets *t, struct secret_keys *keys,
		     struct paths_walk *walk)
{
	struct target_pick pick = {.area = t->area, .slot = (uint16_t)walk->slot};
	size_t i;

	if (t->area == ELSEWHERE || walk->depth < 2)
		return;
	pick.rank = rank_of(t, walk, &pick.object_key);
	if (pick.rank == UINT32_MAX ||
	    (t->count == TARGET_SLOTS &&
	     pick.rank > t->pick[TARGET_SLOTS - 1].rank))
		return;
	pick.place = place_of(walk);
	if (known(t, &pick) || beside(walk) ||
	    secret_path_rule(NULL, keys, walk) != 0 ||
	    (t->count == TARGET_SLOTS &&
	     pick.rank == t->pick[TARGET_SLOTS - 1].rank))
		return;
	if (t->count < TARGET_SLOTS)
		t->count++;
	for (i = t->count - 1u; i > 0 && t->pick[i - 1].rank > pick.rank; i--)
		t->pick[i] = t->pick[i - 1];
	t->pick[i] = pick;
}

void target_forget(struct targets *t, struct span path)
{
	enum area area = area_of(path);
	uint8_t kept = 0;

	if (area == ELSEWHERE)
		return;
	for (uint8_t i = 0; i < t->count; i++)
		if (t->pick[i].area != area)
			t->pick[kept++] = t->pick[i];
	t->count = kept;
}

void target_slots(const struct targets *t, uint16_t slot[TARGET_SLOTS])
{
	size_t count = 0;

	/* The ARN of an object holds its bucket too. */
	for (size_t i = 0; i < t->count; i++)
		if (t->pick[0].object_key && t->pick[i].area == RESOURCES)
			slot[count++] = t->pick[i].slot;
	for (size_t i = 0; i < t->count; i++)
		if (!t->pick[0].object_key || t->pick[i].area != RESOURCES)
			slot[count++] = t->pick[i].slot;
	while (count < TARGET_SLOTS)
		slot[count++] = SHAPES_ABSENT;
}

/* What a parameter of any name may hold without naming anything: flags and
 * numbers that are too short for an account. */
static bool says_nothing(struct span text)
{
	size_t points = 0;

	if (span_is(text, "true") || span_is(text, "false"))
		return true;
	for (size_t i = 0; i < text.n; i++) {
		points += text.p[i] == '.';
		if (text.p[i] != '.' && (text.p[i] < '0' || text.p[i] > '9'))
			return false;
	}
	return points == 1 || (points == 0 && text.n < 12);
}

uint16_t target_slot(const struct record *r)
{
	for (int i = 0; i < TARGET_SLOTS; i++)
		if (!says_nothing(record_text(
			    r, (enum field)(FIELD_TARGET_1 + i))))
			return r->field[FIELD_TARGET_1 + i];
	return SHAPES_ABSENT;
}
