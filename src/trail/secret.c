/* Owns the policy on places: which keys announce secrets, and which only seem
 * to.  Keys come in one at a time, a verdict goes out.  Knows neither events
 * nor how a mask looks, and does not look into values but for what AWS put
 * there. */
#include "trail/secret.h"

#include "base/hash.h"
#include "base/memory.h"
#include "json/decode.h"
#include "trail/arn.h"
#include "trail/secret_choices.h"

#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct {
	const char *word, *name;
	bool sized, paired;
} rules[] = {
#define RULE(id, word, name, sized, paired) {word, name, sized, paired},
#include "trail/secrets.def"
#undef RULE
};

struct policy {
	uint8_t rule;
	struct span above, key;
};

static const struct policy keys[] = {
#define KEY(rule, above, key, source) \
	{SECRET_##rule, {above, sizeof(above) - 1}, {key, sizeof(key) - 1}},
#define WORD KEY
#include "trail/secrets.def"
#undef WORD
#undef KEY
};

/* The first of them, which are no words of prose. */
enum {
	KEYS = 0
#define KEY(rule, above, key, source) + 1
#include "trail/secrets.def"
#undef KEY
};

static const struct policy pairs[] = {
#define PAIR(rule, key, source) \
	{SECRET_##rule, {"", 0}, {key, sizeof(key) - 1}},
#include "trail/secrets.def"
#undef PAIR
};

static const struct span friends[] = {
#define FRIEND(key, source) {key, sizeof(key) - 1},
#include "trail/secrets.def"
#undef FRIEND
};

static const struct span amazon[] = {
#define AMAZON(text) {text, sizeof(text) - 1},
#include "trail/secrets.def"
#undef AMAZON
};

/* Members of a Java ByteBuffer beside its content: those that say nothing of
 * it, and those that tell its length. */
static const struct span bookkeeping[] = {
	{"offset", 6}, {"isReadOnly", 10}, {"bigEndian", 9},
	{"nativeByteOrder", 15}, {"mark", 4}, {"address", 7},
};
static const struct span sizes[] = {
	{"limit", 5}, {"capacity", 8}, {"position", 8},
};

static bool one_of(struct span text, const struct span *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (span_equal(text, list[i]))
			return true;
	return false;
}

/* A key as it is compared: without dashes.  One that is longer than any of ours
 * keeps its end, where most of ours are looked for. */
struct folded {
	char room[96];
	const char *text;       /* in ROOM */
	size_t n;
};

static bool in_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/* What stands around the words of a key was misplaced. */
static void fold(struct span key, struct folded *f)
{
	char *end = f->room + sizeof f->room, *to = end;

	while (key.n > 0 && !in_word(key.p[0]))
		key = span_from(key, 1);
	while (key.n > 0 && !in_word(key.p[key.n - 1]))
		key.n--;
	for (size_t i = key.n; i > 0 && to > f->room; i--)
		if (key.p[i - 1] != '-' && key.p[i - 1] != '_')
			*--to = key.p[i - 1];
	f->text = to;
	f->n = (size_t)(end - to);
}

/* Whether N bytes of the key from FROM on are the pattern's without its stars;
 * most differ in the first. */
static inline bool fits_at(const struct folded *key, size_t from,
			   const char *pattern, size_t n)
{
	const char *text = key->text + from;

	return n == 0 || ((text[0] | 0x20) == (pattern[0] | 0x20) &&
			  span_equal_ignoring_case((struct span){text, n},
						   (struct span){pattern, n}));
}

/* Whether the key is PATTERN, which may begin or end with a star.  Asked for
 * each key of each shape and each pattern of ours. */
static inline bool fits(const struct folded *key, struct span pattern)
{
	bool before = pattern.p[0] == '*';
	bool after = pattern.n > 1 && pattern.p[pattern.n - 1] == '*';
	size_t n = pattern.n - before - after, slack = key->n - n;
	const char *p = pattern.p + before;

	if (key->n < n || (slack > 0 && !before && !after))
		return false;
	if (!before || !after)
		return fits_at(key, before ? slack : 0, p, n);
	for (size_t i = 0; i <= slack; i++)
		if (fits_at(key, i, p, n))
			return true;
	return false;
}

static bool is_friend(const struct folded *key)
{
	for (size_t i = 0; i < COUNT(friends); i++)
		if (fits(key, friends[i]))
			return true;
	return false;
}

/* Of a key that is much too long its end. */
static void fold_step(const struct paths_step *step, struct folded *f)
{
	enum { LONGEST = 1024 };
	struct span key = step->key;
	struct buffer decoded = {0};

	if (key.n > LONGEST)
		key = span_from(key, key.n - LONGEST);
	if (step->escaped) {
		decode_string(key, &decoded);
		key = buffer_span(&decoded);
	}
	fold(key, f);
	buffer_free(&decoded);
}

/* The last key of a path of ours, which is cut off it. */
static struct span last_key(struct span *path)
{
	size_t n = path->n;
	struct span key;

	while (n > 0 && path->p[n - 1] != '.')
		n--;
	key = span_from(*path, n);
	path->n = n > 0 ? n - 1 : 0;
	return key;
}

/* Whether the keys above step I of the walk are these. */
static bool stands_below(const struct paths_walk *w, uint32_t i,
			 struct span path)
{
	while (path.n > 0) {
		struct folded above;

		while (i > 0 && !w->steps[i - 1].key.p)
			i--;
		if (i == 0)
			return false;
		fold_step(&w->steps[--i], &above);
		if (!fits(&above, last_key(&path)))
			return false;
	}
	return true;
}

/* The rule of a key at step I of the walk; without a walk, of the key wherever
 * it stands. */
static uint8_t first_rule(const struct folded *key, const struct policy *list,
			  size_t count, const struct paths_walk *w, uint32_t i)
{
	for (size_t k = 0; k < count; k++)
		if (fits(key, list[k].key) &&
		    (w ? stands_below(w, i, list[k].above)
		       : list[k].above.n == 0))
			return is_friend(key) ? SECRET_NONE : list[k].rule;
	return SECRET_NONE;
}

static uint8_t pair_rule(const struct folded *key)
{
	uint8_t rule = first_rule(key, keys, COUNT(keys), NULL, 0);

	if (rule != SECRET_NONE && rules[rule - 1].paired)
		return rule;
	return first_rule(key, pairs, COUNT(pairs), NULL, 0);
}

/* A variable of the environment, of several words. */
static bool is_variable(struct span name)
{
	bool words = false;

	for (size_t i = 0; i < name.n; i++) {
		if ((name.p[i] < 'A' || name.p[i] > 'Z') && name.p[i] != '_' &&
		    (name.p[i] < '0' || name.p[i] > '9'))
			return false;
		words |= name.p[i] == '_';
	}
	return words;
}

uint8_t secret_pair_rule(struct span name)
{
	bool variable = is_variable(name);

	for (;;) {
		struct folded key;
		const char *bar;
		uint8_t rule;

		fold(name, &key);
		rule = pair_rule(&key);
		bar = memchr(name.p, '_', name.n);
		if (rule != SECRET_NONE || !variable || !bar || is_friend(&key))
			return rule;
		name = span_from(name, (size_t)(bar + 1 - name.p));
	}
}

/* The rule of a key, folded and not, wherever it stands; COUNT of ours are
 * asked. */
static uint8_t own_rule(struct span key, const struct folded *folded,
			size_t count)
{
	uint8_t rule = first_rule(folded, keys, count, NULL, 0);

	return rule == SECRET_NONE && is_variable(key) ? secret_pair_rule(key)
						       : rule;
}

/* Whether a rule asks for this key right above another. */
static bool is_above(const struct folded *key)
{
	bool found = false;

	for (size_t i = 0; !found && i < COUNT(keys); i++) {
		struct span above = keys[i].above;

		found = above.n > 0 && fits(key, last_key(&above));
	}
	return found;
}

/* What a key is asked without regard to where it stands. */
enum question { OWN_RULE, IS_FRIEND, IS_ABOVE, QUESTIONS };

/* A key as it stands in templates, and what it has answered: one more than the
 * answer, 0 before it is asked. */
struct known {
	char text[60];
	uint8_t n;
	uint8_t said[QUESTIONS];
};

/* As many keys as trails use over and over; the later takes the place of the
 * earlier, since strangers choose keys. */
struct secret_keys {
	struct known known[1024];
};

struct secret_keys *secret_keys_new(void)
{
	return memory_clear(1, sizeof(struct secret_keys));
}

static struct known *known(struct secret_keys *memo, struct span key)
{
	struct known *k;

	if (!memo || key.n == 0 || key.n > sizeof k->text)
		return NULL;
	k = &memo->known[hash_span(key) % COUNT(memo->known)];
	if (!span_equal((struct span){k->text, k->n}, key)) {
		*k = (struct known){.n = (uint8_t)key.n};
		memcpy(k->text, key.p, key.n);
	}
	return k;
}

static uint8_t ask(struct secret_keys *memo, const struct paths_step *step,
		   enum question question)
{
	struct known *k = known(memo, step->key);
	struct folded key;
	uint8_t answer;

	if (k && k->said[question])
		return k->said[question] - 1;
	fold_step(step, &key);
	if (question == OWN_RULE)
		answer = own_rule(step->key, &key, COUNT(keys));
	else
		answer = question == IS_FRIEND ? is_friend(&key)
					       : is_above(&key);
	if (k)
		k->said[question] = answer + 1;
	return answer;
}

static uint8_t step_rule(struct secret_keys *memo, const struct paths_walk *w,
			 uint32_t i)
{
	uint32_t above = i;
	struct folded key;
	uint8_t rule;

	if (!w->steps[i].key.p)
		return SECRET_NONE;
	while (above > 0 && !w->steps[above - 1].key.p)
		above--;
	if (above == 0 || !ask(memo, &w->steps[above - 1], IS_ABOVE))
		return ask(memo, &w->steps[i], OWN_RULE);
	fold_step(&w->steps[i], &key);
	rule = first_rule(&key, keys, COUNT(keys), w, i);
	return rule ? rule : ask(memo, &w->steps[i], OWN_RULE);
}

/* The rule of the outermost key of a container around the walk's place that has
 * one; it is looked for once and noted. */
static uint8_t container_rule(struct secret_keys *memo,
			      struct paths_walk *walk, uint32_t depth)
{
	uint32_t known = depth;
	uint8_t rule = SECRET_NONE;

	while (known > 0 && walk->note[known] == 0)
		known--;
	if (known > 0)
		rule = walk->note[known] - 1;
	for (; known < depth; known++) {
		if (rule == SECRET_NONE)
			rule = step_rule(memo, walk, known);
		walk->note[known + 1] = rule + 1;
	}
	return rule;
}

uint8_t secret_path_rule(const struct secret_choices *choices,
			 struct secret_keys *memo, struct paths_walk *walk)
{
	uint32_t depth = walk->depth;
	uint8_t rule;
	struct span last;

	if (secret_choices_allow(choices, walk))
		return SECRET_NONE;
	if (secret_choices_mask(choices, walk))
		return SECRET_CHOSEN;
	if (depth == 0)
		return SECRET_NONE;
	rule = container_rule(memo, walk, depth - 1);
	if (rule == SECRET_NONE)
		return step_rule(memo, walk, depth - 1);
	last = walk->steps[depth - 1].key;
	if (container_rule(memo, walk, depth - 2) == SECRET_NONE && last.p &&
	    (one_of(last, bookkeeping, COUNT(bookkeeping)) ||
	     (secret_sized(rule) && one_of(last, sizes, COUNT(sizes)))))
		return rule | SECRET_BOOKKEEPING;
	return rule;
}

uint8_t secret_skipped_rule(struct secret_keys *memo, struct paths_walk *walk)
{
	uint8_t rule = container_rule(memo, walk, walk->depth);

	return rule ? rule : step_rule(memo, walk, walk->depth);
}

uint8_t secret_leaf_rule(const struct secret_choices *choices,
			 struct secret_keys *memo, struct paths_walk *walk)
{
	uint8_t rule = secret_path_rule(choices, memo, walk);

	if (rule == SECRET_NONE && secret_choices_mask_inside(choices, walk) &&
	    !secret_choices_allow(choices, walk))
		return SECRET_CHOSEN;
	for (uint32_t i = walk->depth; rule == SECRET_NONE && i > 0; i--) {
		if (!walk->steps[i - 1].key.p)
			continue;
		if (ask(memo, &walk->steps[i - 1], IS_FRIEND) ||
		    secret_choices_allow(choices, walk))
			return SECRET_FRIEND;
		break;
	}
	if (rule == SECRET_NONE && walk->depth > 0 &&
	    walk->steps[walk->depth - 1].index > 0)
		return SECRET_OPERAND;
	return rule;
}

/* Whether there is more than quotes and punctuation. */
static bool has_content(struct span text)
{
	static const char marks[] = " \t\r\n\"'\\:=,{}[]";

	for (size_t i = 0; i < text.n; i++)
		if (!memchr(marks, text.p[i], sizeof marks - 1))
			return true;
	return false;
}

static uint8_t word_rule(struct span text, bool *more)
{
	size_t from = 0, to;

	for (; from < text.n; from = to + 1) {
		struct folded key;
		struct span word;
		uint8_t rule;

		for (to = from; to < text.n && in_word(text.p[to]); to++)
			;
		word = (struct span){text.p + from, to - from};
		fold(word, &key);
		rule = own_rule(word, &key, KEYS);
		if (rule) {
			*more = has_content(span_from(text, to));
			return rule;
		}
	}
	*more = false;
	return SECRET_NONE;
}

uint8_t secret_text_rule(struct span text, bool *more)
{
	struct buffer decoded[3] = {0};
	uint8_t rule = word_rule(text, more);

	for (size_t i = 0; i < COUNT(decoded) && !rule &&
			   span_find(text, SPAN("\\")); i++) {
		decode_string(text, &decoded[i]);
		text = buffer_span(&decoded[i]);
		rule = word_rule(text, more);
	}
	buffer_wipe(&decoded[0]);
	buffer_wipe(&decoded[1]);
	buffer_wipe(&decoded[2]);
	return rule;
}

/* Whether the text of an array holds nothing but the number 42, the code of an
 * asterisk. */
static bool all_asterisks(struct span array)
{
	const char *end = array.p + array.n;
	bool any = false;

	for (const char *p = array.p; p < end; p++) {
		if (*p == ',' || (*p != '4' && memchr("[] \t\r\n", *p, 6)))
			continue;
		if (end - p < 3 || memcmp(p, "42", 2) != 0 ||
		    (p[2] != ',' && !memchr("] \t\r\n", p[2], 5)))
			return false;
		any = true;
		p += 2;
	}
	return any;
}

/* Whether the text of an array holds nothing but what documentation writes where
 * bytes would stand: byte, ... */
static bool not_recorded(struct span array)
{
	static const char around[] = "[], \t\r\n\"";
	static const struct span words[] = {{"byte", 4}, {"...", 3}};
	size_t from = 0, to;

	for (; from < array.n; from = to + 1) {
		for (to = from; to < array.n &&
				!memchr(around, array.p[to], sizeof around - 1);)
			to++;
		if (to > from && !one_of((struct span){array.p + from,
						       to - from},
					 words, COUNT(words)))
			return false;
	}
	return true;
}

static bool stars(struct span text)
{
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] != '*')
			return false;
	return text.n >= 3;
}

bool secret_masked_by_aws(enum scan_kind kind, struct span token)
{
	switch (kind) {
	case SCAN_STRING:
	case SCAN_STRING_SINGLE:
	case SCAN_STRING_OPEN:
		return stars(token) || one_of(token, amazon, COUNT(amazon));
	case SCAN_RAW:
		return all_asterisks(token);
	default:
		return false;
	}
}

/* Whether the name of a resource may stand in place of such a secret. */
static bool may_be_named(uint32_t rule)
{
	return rule == SECRET_SECRET || rule == SECRET_TOKEN ||
	       rule == SECRET_PASSWORD;
}

bool secret_token(uint32_t rule, enum scan_kind kind, struct span token)
{
	if (rule == SECRET_NONE || rule == SECRET_FRIEND ||
	    rule == SECRET_OPERAND)
		return false;
	switch (kind) {
	case SCAN_NULL:
	case SCAN_TRUE:
	case SCAN_FALSE:
		return false;
	case SCAN_SKIPPED:
		return has_content(token);
	case SCAN_NUMBER:
		return (rule & SECRET_BOOKKEEPING) == 0;
	case SCAN_RAW:
		return !all_asterisks(token) && !not_recorded(token);
	default:
		return token.n > 0 && !secret_masked_by_aws(kind, token) &&
		       !(may_be_named(rule) && arn_resource(token).p);
	}
}

static uint32_t rule_index(uint32_t rule)
{
	uint32_t i = (rule & ~(uint32_t)SECRET_BOOKKEEPING) - 1;

	if (i >= COUNT(rules))
		die("no such secret rule: %u", rule);
	return i;
}

const char *secret_name(uint32_t rule)
{
	return rules[rule_index(rule)].name;
}

const char *secret_word(uint32_t rule)
{
	return rules[rule_index(rule)].word;
}

bool secret_sized(uint32_t rule)
{
	return rules[rule_index(rule)].sized;
}
