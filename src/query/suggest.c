/* Owns the search for what a term was meant to be.  Looks at every event, once
 * or twice: asked only of terms that hold for none. */
#include "query/suggest.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/nearest.h"

#include <stdlib.h>

/* Different values to choose from; a field with more is a field of
 * identifiers, which have no near ones. */
enum { SUGGEST_VALUES = 4096, SUGGEST_LONGEST = 64 };

struct values_seen {
	char *text[SUGGEST_VALUES];
	size_t count;
	bool full;
	uint32_t table[SUGGEST_VALUES * 2];     /* index + 1; 0: free */
};

static bool see(void *context, struct span text, uint32_t value)
{
	struct values_seen *seen = context;
	size_t mask = SUGGEST_VALUES * 2 - 1;
	size_t at = hash_span(text) & mask;

	(void)value;
	if (text.n > SUGGEST_LONGEST || memchr(text.p, '\0', text.n))
		return true;
	for (; seen->table[at]; at = (at + 1) & mask)
		if (span_is(text, seen->text[seen->table[at] - 1]))
			return true;
	if (seen->count == SUGGEST_VALUES) {
		seen->full = true;
		return false;
	}
	seen->text[seen->count++] = memory_copy(text.p, text.n);
	seen->table[at] = (uint32_t)seen->count;
	return true;
}

struct looking {
	struct span value;      /* p == NULL: any */
	bool found;
};

static bool look(void *context, struct span text, uint32_t value)
{
	struct looking *l = context;

	(void)value;
	l->found = !l->value.p || span_equal(text, l->value);
	return !l->found;
}

/* How many events have VALUE in FIELD. */
static uint64_t count_events(const struct store *store,
			     const struct column_ref *field, struct span value)
{
	struct store_event event = STORE_NO_EVENT;
	uint64_t count = 0;

	while (store_next(store, &event)) {
		struct looking l = {.value = value};

		columns_match_each(store, event, field, look, &l);
		count += l.found;
	}
	return count;
}

static bool suggest_value(const struct store *store,
			  const struct predicate *term, struct buffer *out)
{
	struct values_seen *seen = memory_clear(1, sizeof *seen);
	struct store_event event = STORE_NO_EVENT;
	const char *near = NULL;

	while (!seen->full && store_next(store, &event))
		columns_match_each(store, event, &term->field, see, seen);
	if (!seen->full)
		near = nearest_name(term->value,
				    (const char *const *)seen->text,
				    seen->count);
	if (near) {
		columns_name(&term->field, out);
		buffer_printf(out, "=%s? %llu", near,
			      (unsigned long long)count_events(
				      store, &term->field, span_of(near)));
	}
	for (size_t i = 0; i < seen->count; i++)
		free(seen->text[i]);
	free(seen);
	return near != NULL;
}

/* A single word that is a path means the top of the record; the loaded events
 * may have it elsewhere. */
static bool suggest_field(const struct store *store,
			  const struct predicate *term, struct buffer *out)
{
	struct buffer path = {0};
	struct column_ref deep;
	uint64_t count = 0;
	bool plain;

	buffer_add_text(&path, "**.");
	columns_name(&term->field, &path);
	plain = !memchr(path.p + 3, '.', path.n - 3) &&
		!memchr(path.p + 3, '[', path.n - 3) &&
		!memchr(path.p + 3, '*', path.n - 3);
	if (plain && count_events(store, &term->field,
				  (struct span){NULL, 0}) == 0 &&
	    columns_parse(buffer_span(&path), &deep, NULL)) {
		count = count_events(store, &deep, (struct span){NULL, 0});
		columns_free(&deep);
	}
	if (count > 0)
		buffer_printf(out, "not at the top; %s? %llu",
			      buffer_text(&path), (unsigned long long)count);
	buffer_free(&path);
	return count > 0;
}

bool suggest_predicate(const struct store *store,
		       const struct predicate *term, struct buffer *out)
{
	if (term->any)
		return false;
	if (term->field.column == COLUMN_PATH &&
	    suggest_field(store, term, out))
		return true;
	return term->test == PREDICATE_EQUALS && suggest_value(store, term, out);
}
