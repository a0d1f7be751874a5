/* Owns the search for what a term was meant to be.  Looks at every event, once
 * or twice: asked only of terms that hold for none. */
#include "query/suggest.h"

#include "base/memory.h"
#include "base/nearest.h"
#include "query/complete.h"
#include "query/filter.h"
#include "query/term.h"
#include "trail/fields.h"

#include <stdlib.h>

/* Values of more kinds are identifiers, which have no near ones. */
enum { CHOICE = 4096 };

/* Where is looked. */
struct search {
	const struct store *store;
	const atomic_bool *cancel;      /* or NULL */
};

/* How many events the text holds for, as a filter of one predicate; 0 when it is
 * none. */
static uint64_t count_events(const struct search *in, struct span text)
{
	struct filter *filter = filter_parse(text, NULL);
	struct match_worker *worker = match_worker_new();
	uint64_t count = 0;

	for (uint32_t s = 0; filter && filter_predicates(filter) == 1 &&
	     s < store_segment_count(in->store); s++) {
		size_t words = store_segment(in->store, s)->count / 64 + 1;
		const struct predicate *term = filter_predicate(filter, 0);
		struct term_set set;

		if (!term_evaluate(&term, 1, in->store, s, worker, in->cancel,
				   &set)) {
			count = 0;
			break;
		}
		for (uint32_t w = 0; w < words; w++)
			count += (uint64_t)__builtin_popcountll(
				set.yes[w] & ~store_dropped_word(in->store, s, w));
		term_free(&set);
	}
	match_worker_free(worker);
	filter_free(filter);
	return count;
}

/* Appends the text and its number of events, unless there are none. */
static bool offer(const struct search *in, const char *reason,
		  struct buffer *text, struct buffer *out)
{
	uint64_t count = count_events(in, buffer_span(text));

	if (count > 0) {
		buffer_add_text(out, reason);
		buffer_add_span(out, buffer_span(text));
		if (text->p[text->n - 1] != '?')
			buffer_add_byte(out, '?');
		buffer_printf(out, " %llu", (unsigned long long)count);
	}
	buffer_free(text);
	return count > 0;
}

static struct buffer field_text(const struct predicate *t)
{
	struct buffer text = {0};

	columns_name(&t->field, &text);
	return text;
}

/* The last key of a path, with its brackets. */
static struct span last_key(struct span path)
{
	size_t from = 0;
	bool quoted = false;

	for (size_t i = 0; i < path.n; i++) {
		quoted ^= path.p[i] == '"';
		if (path.p[i] == '.' && !quoted)
			from = i + 1;
	}
	return span_from(path, from);
}

/* The known path that differs from PATH by case only, or by few letters of its
 * last key. */
static struct span near_path(const struct complete *all, struct span path)
{
	const char **names = memory_clear(all->count, sizeof *names);
	struct span parent = {path.p, path.n - last_key(path).n}, found = {0};
	const char *nearest;
	size_t n = 0;

	for (size_t i = 0; i < all->count && !found.p; i++)
		if (span_equal_ignoring_case(all->item[i].text, path))
			found = all->item[i].text;
	for (size_t i = 0; i < all->count && !found.p; i++) {
		struct span text = all->item[i].text;
		struct span last = last_key(text);

		if (span_starts(text, parent) &&
		    last.n == text.n - parent.n)
			names[n++] = memory_copy(last.p, last.n);
	}
	nearest = found.p ? NULL : nearest_name(last_key(path), names, n);
	for (size_t i = 0; nearest && i < all->count && !found.p; i++) {
		struct span text = all->item[i].text;

		if (span_starts(text, parent) &&
		    span_is(span_from(text, parent.n), nearest))
			found = text;
	}
	for (size_t i = 0; i < n; i++)
		free((char *)names[i]);
	free(names);
	return found;
}

static bool offer_top(const struct search *in, const char *name,
		      struct span rest, struct buffer *out)
{
	struct buffer text = {0};

	buffer_add_text(&text, name);
	buffer_add_span(&text, rest);
	buffer_add_byte(&text, '?');
	return offer(in, "", &text, out);
}

/* The same path, with the name at its top as CloudTrail spells it. */
static bool suggest_spelling(const struct search *in, struct span path,
			     struct buffer *out)
{
	const char *dot = memchr(path.p, '.', path.n), *name;
	struct span first = {path.p, dot ? (size_t)(dot - path.p) : path.n};

	name = fields_top_name(first);
	return name && !span_is(first, name) &&
	       offer_top(in, name, span_from(path, first.n), out);
}

/* A path that begins with no key that stands at the top. */
static bool suggest_top(const struct search *in, const struct complete *all,
			struct span path, struct buffer *out)
{
	const char **names = memory_clear(all->count, sizeof *names);
	const char *dot = memchr(path.p, '.', path.n), *nearest;
	struct span first = {path.p, dot ? (size_t)(dot - path.p) : path.n};
	bool found = false;
	size_t n = 0;

	for (size_t i = 0; dot && i < all->count; i++) {
		const char *name = fields_top_name(all->item[i].text);

		if (name && !span_is(first, name))
			names[n++] = name;
	}
	while (!found && (nearest = nearest_name(first, names, n)) != NULL) {
		size_t i = 0;

		found = offer_top(in, nearest, span_from(path, first.n),
				  out);
		while (names[i] != nearest)
			i++;
		names[i] = names[--n];
	}
	free(names);
	return found;
}

/* A path that no loaded event has: its top may be spelled in another way, its
 * last key may stand elsewhere, or be spelled in another way. */
static bool suggest_field(const struct search *in,
			  const struct predicate *t, struct buffer *out)
{
	struct buffer path = field_text(t), deep = {0}, other = {0};
	struct span key = last_key(buffer_span(&path)), near;
	struct complete all;
	bool found = suggest_spelling(in, buffer_span(&path), out);
	bool listed = !found && complete_fields(in->store, in->cancel, &all);
	bool top = key.n == path.n;

	if (listed)
		found = suggest_top(in, &all, buffer_span(&path), out);
	if (listed && !found && !memchr(key.p, '*', key.n)) {
		buffer_add_text(&deep, "**.");
		buffer_add_span(&deep, key);
		buffer_add_byte(&deep, '?');
		found = offer(in, top ? "not at the top; " : "not there; ",
			      &deep, out);
	}
	if (listed && !found) {
		near = near_path(&all, buffer_span(&path));
		buffer_add_span(&other, near);
		buffer_add_byte(&other, '?');
		found = near.p && offer(in, "", &other, out);
		buffer_free(&other);
	}
	if (listed)
		complete_free(&all);
	buffer_free(&path);
	return found;
}

/* Values that contain what was taken for a whole one. */
static bool suggest_part(const struct search *in, const struct predicate *t,
			 const char *sign, struct buffer *out)
{
	struct buffer text = field_text(t);

	buffer_add_text(&text, sign);
	match_quote(t->value, &text);
	return offer(in, "", &text, out);
}

/* The value that is nearest, or values that contain it. */
static bool suggest_value(const struct search *in,
			  const struct predicate *t, struct buffer *out)
{
	struct complete all;
	const char **names, *near = NULL;
	struct buffer text = field_text(t), bytes = {0};
	size_t *at, n;

	if (!complete_values(in->store, &t->field, SPAN(""), in->cancel,
			     &all)) {
		buffer_free(&text);
		return false;
	}
	n = all.count > CHOICE ? 0 : all.count;
	names = memory_clear(n, sizeof *names);
	at = memory_clear(n, sizeof *at);
	for (size_t i = 0; i < n; i++) {
		at[i] = bytes.n;
		buffer_add_span(&bytes, all.item[i].raw);
		buffer_add_byte(&bytes, '\0');
	}
	for (size_t i = 0; i < n; i++)
		names[i] = bytes.p + at[i];
	near = nearest_name(t->value, names, n);
	for (size_t i = 0; near && i < n; i++)
		if (names[i] == near) {
			buffer_add_byte(&text, '=');
			buffer_add_span(&text, all.item[i].text);
			break;
		}
	free(names);
	free(at);
	buffer_free(&bytes);
	complete_free(&all);
	if (near)
		return offer(in, "", &text, out);
	buffer_free(&text);
	return suggest_part(in, t, "~", out) ||
	       suggest_part(in, t, "~(?i)", out);
}

/* The same pattern, whatever the case. */
static bool suggest_case(const struct search *in,
			 const struct predicate *t, struct buffer *out)
{
	struct buffer text = {0};

	if (!t->any) {
		columns_name(&t->field, &text);
		buffer_add_byte(&text, '~');
	}
	if (t->spelling == PREDICATE_SLASHED) {
		buffer_add_byte(&text, '/');
		buffer_add_span(&text, t->value);
		buffer_add_text(&text, "/i");
	} else {
		buffer_add_text(&text, "(?i)");
		if (t->spelling == PREDICATE_QUOTED)
			match_quote(t->value, &text);
		else
			buffer_add_span(&text, t->value);
	}
	return offer(in, "", &text, out);
}

const char *suggest_none(bool open)
{
	return open ? "holds for no event that could be decided"
		    : "holds for no event that was loaded";
}

const char *suggest_verdict(const struct predicate *t, uint64_t count,
			    bool open, uint64_t events, bool *near)
{
	*near = t->negated ? count == events : count == 0;
	if (t->negated && count == events)
		return "excludes no event that was loaded";
	if (t->matches_all && !t->negated && count > 0 && count == events)
		return "matches everything";
	return count > 0 ? NULL : suggest_none(open);
}

bool suggest_predicate(const struct store *store, const struct predicate *t,
		       const atomic_bool *cancel, struct buffer *out)
{
	const struct search in = {store, cancel};
	struct store_event e = STORE_NO_EVENT;
	bool there = t->any;

	while (!there && !(cancel && *cancel) && store_next(store, &e))
		there = columns_present(store, e, &t->field);
	if (!there)
		return t->field.column == COLUMN_PATH &&
		       suggest_field(&in, t, out);
	if (t->test == PREDICATE_MATCHES && !t->caseless)
		return suggest_case(&in, t, out);
	return t->test == PREDICATE_EQUALS && !t->any && t->value.n > 0 &&
	       suggest_value(&in, t, out);
}
