/* Owns the reading of statements.  Who is meant by a principal that is not
 * everybody is not judged here. */
#include "trail/policy.h"

#include "base/buffer.h"
#include "json/decode.h"
#include "json/paths.h"
#include "json/scan.h"
#include "trail/unfold.h"

struct statement {
	bool allows, everybody, limited;
};

static bool key_is(const struct paths_step *step, const char *name)
{
	struct buffer key = {0};
	bool same;

	if (!step->escaped)
		return span_is(step->key, name);
	decode_string(step->key, &key);
	same = span_is(buffer_span(&key), name);
	buffer_free(&key);
	return same;
}

/* A leaf of the statement; STEP[0..depth) leads to it.  StringNotEquals and its
 * like let in all but those that are named. */
static void read_leaf(struct statement *s, const struct paths_step *step,
		      uint32_t depth, struct span text, struct span account)
{
	if (key_is(step, "Effect"))
		s->allows = span_is(text, "Allow");
	else if (key_is(step, "Principal"))
		s->everybody |= span_is(text, "*");
	else if (key_is(step, "NotPrincipal"))
		s->everybody = true;
	else if (key_is(step, "Condition") && depth > 1 && account.n > 0)
		s->limited |= !step[1].escaped &&
			      !span_find(step[1].key, SPAN("Not")) &&
			      span_find(text, account);
}

static bool read_statements(const struct scan *scan, struct span account)
{
	struct statement s = {.allows = false};
	struct paths_walk walk;
	struct buffer text = {0};
	enum paths_event what;
	bool opens = false;

	paths_start(&walk, buffer_span(&scan->template));
	while (!opens && (what = paths_next(&walk)) != PATHS_END) {
		/* One statement, or several. */
		bool listed = walk.depth > 1 && !walk.steps[1].key.p;
		uint32_t at = listed ? 2 : 1;
		struct scan_token token;

		if (walk.depth == 0 || !key_is(&walk.steps[0], "Statement"))
			continue;
		if (what == PATHS_CLOSE && walk.depth == at) {
			opens = s.allows && s.everybody && !s.limited;
			s = (struct statement){.allows = false};
		}
		if (what != PATHS_LEAF || walk.depth <= at)
			continue;
		token = scan->tokens[walk.slot];
		buffer_clear(&text);
		decode_string((struct span){token.text, token.length}, &text);
		read_leaf(&s, &walk.steps[at], walk.depth - at,
			  buffer_span(&text), account);
	}
	buffer_free(&text);
	return opens;
}

bool policy_opens_to_all(struct span policy, struct span account)
{
	struct buffer json = {0};
	struct scan scan = {.count = 0};
	struct scan_fault fault;
	const char *after;
	struct span text;
	bool opens = false;

	if (unfold_text(policy, 0, &json, NULL) == UNFOLD_JSON) {
		text = buffer_span(&json);
		opens = scan_strict(&scan, text.p, text.p + text.n, true,
				    &after, &fault) == SCAN_WHOLE &&
			read_statements(&scan, account);
	}
	scan_free(&scan);
	buffer_free(&json);
	return opens;
}
