/* Owns nothing: looks at a token and at what stands between it and the one
 * before.  Knows no paths; what is a secret's key is trail/secret's to say. */
#include "load/spill.h"

#include "trail/secret.h"

/* Whether a comma stands in the text between two tokens that was not to be a
 * colon.  LONE: a key without a value comes before it. */
static bool has_comma(struct span gap, bool lone)
{
	const char *p = gap.p, *end = gap.p + gap.n;

	while (p < end && (p = memchr(p, ',', (size_t)(end - p)))) {
		p = scan_blank(p + 1, end);
		if (p == end || (*p != ':' && !(lone && (*p == '{' ||
							 *p == '['))))
			return true;
	}
	return false;
}

static bool opens(struct span text)
{
	return memchr(text.p, '{', text.n) || memchr(text.p, '[', text.n);
}

/* Whether a container follows a value right away. */
static bool opens_at_once(struct span gap)
{
	if (gap.n > 0 && (gap.p[0] == '"' || gap.p[0] == '\''))
		gap = span_from(gap, 1);
	gap = span_trim(gap);
	return gap.n > 0 && (gap.p[0] == '{' || gap.p[0] == '[');
}

static struct span gap_before(const struct scan *scan, uint32_t slot)
{
	const struct scan_token *t = &scan->tokens[slot];
	const char *from = t->text;

	if (slot > 0)
		from = t[-1].text + t[-1].length;
	return (struct span){from, (size_t)(t->text - from)};
}

uint8_t spill_rule(struct spill *s, const struct scan *scan, uint32_t slot,
		   uint8_t known)
{
	const struct scan_token *t = &scan->tokens[slot];
	struct span text = {t->text, t->length};
	struct span gap = gap_before(scan, slot);
	bool skipped = t->kind == SCAN_SKIPPED, more;
	bool lone = slot > 0 && t[-1].kind == SCAN_SKIPPED;
	uint8_t own = secret_text_rule(text, &more), rule;

	if (!s->lasting && !(lone && skipped) && has_comma(gap, lone))
		s->rule = 0;
	if (s->before && opens_at_once(gap))
		s->rule = s->before;
	rule = known ? known : more ? own : s->rule;
	s->opened = rule && (opens(text) || (skipped && s->opened));
	if (!s->lasting && own)
		s->rule = own;
	if (skipped && rule)
		s->rule = rule;
	s->lasting |= s->rule && (opens(gap) || (skipped && s->opened));
	s->before = rule;
	return rule;
}
