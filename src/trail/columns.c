/* Owns the table of columns and the reading of their names.  What a column
 * says of an event is told by columns_read.c and columns_match.c. */
#include "trail/columns.h"

#include "base/nearest.h"
#include "trail/slots.h"

#include <stdio.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct column_info table[] = {
#define COLUMN(id, name, title, width, help) {name, title, width, help},
#include "trail/columns.def"
#undef COLUMN
};

struct word {
	const char *text;
	enum column column;
};

static const struct word aliases[] = {
#define ALIAS(id, word) {word, COLUMN_##id},
#include "trail/columns.def"
#undef ALIAS
};

/* What nearest_name may find: names of columns, then likely words. */
static const struct word near_names[] = {
#define COLUMN(id, name, title, width, help) {name, COLUMN_##id},
#include "trail/columns.def"
#undef COLUMN
#define LIKE(id, word) {word, COLUMN_##id},
#include "trail/columns.def"
#undef LIKE
};

const struct column_info *columns_info(enum column column)
{
	return &table[column];
}

void columns_list(struct buffer *out)
{
	int widest = 0;

	for (size_t i = 0; i < COUNT(table); i++)
		if ((int)strlen(table[i].name) > widest)
			widest = (int)strlen(table[i].name);
	for (size_t i = 0; i < COUNT(table); i++) {
		bool any = false;

		buffer_printf(out, "%-*s  %s", widest, table[i].name,
			      table[i].help);
		for (size_t k = 0; k < COUNT(aliases); k++)
			if (aliases[k].column == (enum column)i) {
				buffer_printf(out, "%s%s",
					      any ? ", " : " (also: ",
					      aliases[k].text);
				any = true;
			}
		buffer_add_text(out, any ? ")\n" : "\n");
	}
}

/* Case and the kind of dash do not count. */
static bool same_word(struct span a, const char *b)
{
	if (a.n != strlen(b))
		return false;
	for (size_t i = 0; i < a.n; i++) {
		char c = a.p[i] == '_' ? '-' : a.p[i];

		if (!span_equal_ignoring_case((struct span){&c, 1},
					      (struct span){b + i, 1}))
			return false;
	}
	return true;
}

static bool find_column(struct span text, enum column *column)
{
	for (size_t i = 0; i < COUNT(table); i++)
		if (same_word(text, table[i].name)) {
			*column = (enum column)i;
			return true;
		}
	for (size_t i = 0; i < COUNT(aliases); i++)
		if (same_word(text, aliases[i].text)) {
			*column = aliases[i].column;
			return true;
		}
	return false;
}

/* The column that WORD is most likely meant for, or COLUMN_COUNT. */
static enum column nearest(struct span word, const struct word *words,
			   size_t count)
{
	const char *texts[COUNT(near_names)];
	const char *found;

	for (size_t i = 0; i < count; i++)
		texts[i] = words[i].text;
	found = nearest_name(word, texts, count);
	for (size_t i = 0; found && i < count; i++)
		if (texts[i] == found)
			return words[i].column;
	return COLUMN_COUNT;
}

static bool unknown(struct span text, struct error *err)
{
	enum column a = nearest(text, near_names, COUNT(near_names));
	enum column b = nearest(text, aliases, COUNT(aliases));
	int n = text.n < 60 ? (int)text.n : 60;
	char hints[80] = "";

	if (a == COLUMN_COUNT || a == b) {
		a = b;
		b = COLUMN_COUNT;
	}
	if (a != COLUMN_COUNT)
		snprintf(hints, sizeof hints, ": %s?%s%s%s", table[a].name,
			 b == COLUMN_COUNT ? "" : " ",
			 b == COLUMN_COUNT ? "" : table[b].name,
			 b == COLUMN_COUNT ? "" : "?");
	error_set(err, "unknown field \"%.*s\"%s", n, text.p, hints);
	return error_hint(err, "--list-columns tells the columns; a JSON path "
			       "has a dot, or stands in quotes");
}

static bool parse_path(struct span text, struct column_ref *ref,
		       struct error *err)
{
	struct slots *slots = slots_new(&text, 1, true, err);

	if (!slots)
		return false;
	*ref = (struct column_ref){.column = COLUMN_PATH, .paths = slots};
	return true;
}

/* A column by its number, with the paths that it needs. */
static struct column_ref known(enum column column)
{
	static const struct span resources[] = {
		{"resources[].ARN", 15},
		{"resources[].ARNPrefix", 21},
		{"resources[]", 11},    /* of a notice they are texts */
	};
	struct column_ref ref = {.column = column};

	if (column == COLUMN_RESOURCES)
		ref.paths = slots_new(resources, COUNT(resources), false,
				      NULL);
	return ref;
}

bool columns_parse(struct span text, struct column_ref *ref, struct error *err)
{
	enum column column;
	const char *top;

	if (text.n == 0)
		return error_set(err, "no field named");
	if (find_column(text, &column)) {
		*ref = known(column);
		return true;
	}
	top = fields_top_name(text);
	if (top)
		text = span_of(top);
	else if (!memchr(text.p, '.', text.n) && !memchr(text.p, '[', text.n) &&
		 !memchr(text.p, '*', text.n) && !memchr(text.p, '"', text.n) &&
		 !fields_known_name(text))
		return unknown(text, err);
	return parse_path(text, ref, err);
}

struct span columns_next(struct span list, size_t *at)
{
	size_t from = *at, depth = 0, i = from;
	bool quoted = false;

	for (; i < list.n; i++) {
		char c = list.p[i];

		if (quoted && c == '\\')
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (quoted)
			continue;
		else if (c == '[')
			depth++;
		else if (c == ']' && depth)
			depth--;
		else if (c == ',' && !depth)
			break;
	}
	i = i < list.n ? i : list.n;
	*at = i + 1;
	return span_trim((struct span){list.p + from, i - from});
}

bool columns_parse_in(struct span list, struct span name,
		      struct column_ref *ref, struct error *err)
{
	size_t at = (size_t)(name.p - list.p);

	if (columns_parse(name, ref, err))
		return true;
	at += err ? (size_t)err->offset : 0;
	return error_at(err, 1, at + 1, at);
}

void columns_quote(struct span path, struct buffer *out)
{
	const char *top = fields_top_name(path);
	enum column column;
	bool plain = path.n == 0 || memchr(path.p, '.', path.n) ||
		     memchr(path.p, '[', path.n) ||
		     memchr(path.p, '"', path.n) ||
		     (!find_column(path, &column) &&
		      (top ? span_is(path, top) : fields_known_name(path)));

	buffer_add_text(out, plain ? "" : "\"");
	buffer_add_span(out, path);
	buffer_add_text(out, plain ? "" : "\"");
}

struct column_ref columns_copy(const struct column_ref *ref)
{
	struct column_ref copy;

	if (ref->column == COLUMN_PATH)
		parse_path(slots_text(ref->paths), &copy, NULL);
	else
		copy = known(ref->column);
	copy.ascii = ref->ascii;
	return copy;
}

void columns_free(struct column_ref *ref)
{
	slots_free(ref->paths);
	*ref = (struct column_ref){0};
}

void columns_name(const struct column_ref *ref, struct buffer *out)
{
	if (ref->column == COLUMN_PATH)
		buffer_add_span(out, slots_text(ref->paths));
	else
		buffer_add_text(out, table[ref->column].name);
}
