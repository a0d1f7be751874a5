/* Owns the layout of overviews in both forms.  All text for people goes through
 * text/show. */
#include "write/answer_text.h"

#include "base/memory.h"
#include "json/decode.h"
#include "trail/fields.h"

#include <stdlib.h>

struct writing {
	struct sink *sink;
	const struct answer *a;
	enum show_set set;
	enum stamp_zone zone;
	struct buffer cell;
};

/* What times are followed by: in a fact the time itself, in a table the name of
 * its column. */
static const char *zone_name(const struct writing *w)
{
	return w->zone == STAMP_LOCAL ? " local" : " UTC";
}

/* The raw text of a cell, into w->cell. */
static struct span cell_text(struct writing *w, const struct answer_cell *cell)
{
	buffer_clear(&w->cell);
	answer_write(w->a, cell, STAMP_FULL, w->zone, &w->cell);
	return buffer_span(&w->cell);
}

static void put_name(struct buffer *out, const char *name, bool capitals)
{
	for (; *name; name++) {
		char c = *name == '_' ? ' ' : *name;

		if (capitals && c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		buffer_add_byte(out, c);
	}
}

static void put_blanks(struct buffer *out, size_t n)
{
	while (n-- > 0)
		buffer_add_byte(out, ' ');
}

static void end_line(struct buffer *out)
{
	while (out->n > 0 && out->p[out->n - 1] == ' ')
		out->n--;
	buffer_add_byte(out, '\n');
}

static void put_facts(struct writing *w)
{
	struct buffer *out = &w->sink->row;
	size_t width = 0;

	for (size_t i = 0; i < w->a->facts; i++)
		if (strlen(w->a->fact[i].name) > width)
			width = strlen(w->a->fact[i].name);
	for (size_t i = 0; i < w->a->facts; i++) {
		const struct answer_fact *f = &w->a->fact[i];
		struct span text = cell_text(w, &w->a->cell[f->cell]);

		if (text.n == 0)
			continue;
		put_name(out, f->name, false);
		put_blanks(out, width + 2 - strlen(f->name));
		show_write(text, w->set, out);
		if (w->a->cell[f->cell].kind == ANSWER_TIME)
			buffer_add_text(out, zone_name(w));
		end_line(out);
	}
}

static const struct answer_cell *cell_at(const struct answer *a,
					 const struct answer_table *t,
					 size_t row, size_t column)
{
	return &a->cell[a->row[t->row + row].cell + column];
}

static size_t indent_of(const struct answer *a, const struct answer_table *t,
			size_t row, size_t column)
{
	return column == 0 ? answer_indent(&a->row[t->row + row]) : 0;
}

static bool has_times(const struct answer *a, const struct answer_table *t,
		      size_t column)
{
	for (size_t r = 0; r < t->rows; r++)
		if (cell_at(a, t, r, column)->kind == ANSWER_TIME)
			return true;
	return false;
}

static size_t heading_width(const struct writing *w,
			    const struct answer_table *t, size_t column)
{
	return strlen(t->column[column]) +
	       (has_times(w->a, t, column) ? strlen(zone_name(w)) : 0);
}

static void measure(struct writing *w, const struct answer_table *t,
		    size_t *width)
{
	for (size_t c = 0; c < t->columns; c++) {
		width[c] = heading_width(w, t, c);
		for (size_t r = 0; r < t->rows; r++) {
			struct span text = cell_text(
				w, cell_at(w->a, t, r, c));
			size_t n = show_width(text, w->set, SIZE_MAX) +
				   indent_of(w->a, t, r, c);

			if (n > width[c])
				width[c] = n;
		}
	}
}

static void put_cell(struct writing *w, const struct answer_table *t,
		     size_t row, size_t column, size_t width)
{
	const struct answer_cell *cell = cell_at(w->a, t, row, column);
	struct span text = cell_text(w, cell);
	size_t indent = indent_of(w->a, t, row, column);
	size_t n = show_width(text, w->set, SIZE_MAX) + indent;
	struct buffer *out = &w->sink->row;

	if (column > 0)
		put_blanks(out, 2);
	if (cell->kind == ANSWER_COUNT)
		put_blanks(out, width - n);
	put_blanks(out, indent);
	show_write(text, w->set, out);
	if (cell->kind != ANSWER_COUNT)
		put_blanks(out, width - n);
}

static bool is_count(const struct answer *a, const struct answer_table *t,
		     size_t column)
{
	return t->rows > 0 &&
	       cell_at(a, t, 0, column)->kind == ANSWER_COUNT;
}

static void put_heads(struct writing *w, const struct answer_table *t,
		      const size_t *width)
{
	struct buffer *out = &w->sink->row;

	put_name(out, t->name, true);
	buffer_printf(out, " (%zu)\n", t->rows);
	if (t->rows == 0)
		return;
	for (size_t c = 0; c < t->columns; c++) {
		size_t blanks = width[c] - heading_width(w, t, c);

		if (c > 0)
			put_blanks(out, 2);
		if (is_count(w->a, t, c))
			put_blanks(out, blanks);
		put_name(out, t->column[c], false);
		if (has_times(w->a, t, c))
			buffer_add_text(out, zone_name(w));
		if (!is_count(w->a, t, c))
			put_blanks(out, blanks);
	}
	end_line(out);
}

static bool put_table(struct writing *w, const struct answer_table *t)
{
	size_t *width = memory_clear(t->columns, sizeof *width);
	bool taken = true;

	buffer_add_byte(&w->sink->row, '\n');
	measure(w, t, width);
	put_heads(w, t, width);
	for (size_t r = 0; r < t->rows && taken; r++) {
		for (size_t c = 0; c < t->columns; c++)
			put_cell(w, t, r, c, width[c]);
		end_line(&w->sink->row);
		taken = sink_turn(w->sink);
	}
	free(width);
	return taken;
}

void answer_text_write(struct sink *sink, const struct answer *a,
		       enum show_set set, enum stamp_zone zone)
{
	struct writing w = {.sink = sink, .a = a, .set = set, .zone = zone};
	struct span note;
	bool taken = true;

	put_facts(&w);
	for (size_t i = 0; i < a->tables && taken; i++)
		taken = put_table(&w, &a->table[i]);
	if (a->notes.n > 0)
		buffer_add_byte(&sink->row, '\n');
	for (size_t at = 0; answer_next_note(a, &at, &note);) {
		buffer_add_text(&sink->row, "? ");
		show_write(note, set, &sink->row);
		buffer_add_byte(&sink->row, '\n');
	}
	buffer_free(&w.cell);
}

static void quote(struct sink *sink, struct span text)
{
	size_t from = sink->row.n;

	decode_quote(text, &sink->row);
	sink_show(sink, from);
}

static void put_json_cell(struct sink *sink, const struct answer *a,
			  const struct answer_cell *cell)
{
	char time[STAMP_ROOM];

	switch (cell->kind) {
	case ANSWER_TEXT:
		quote(sink, answer_text(a, cell, 0));
		break;
	case ANSWER_LIST:
		buffer_add_byte(&sink->row, '[');
		for (uint32_t i = 0; i < cell->texts; i++) {
			if (i > 0)
				buffer_add_text(&sink->row, ", ");
			quote(sink, answer_text(a, cell, i));
		}
		buffer_add_byte(&sink->row, ']');
		break;
	case ANSWER_COUNT:
		buffer_printf(&sink->row, "%lld", (long long)cell->number);
		break;
	case ANSWER_TIME:
		stamp_format(cell->number, STAMP_ISO, STAMP_UTC, time);
		buffer_printf(&sink->row, "\"%s\"", time);
		break;
	default:
		buffer_add_text(&sink->row, "null");
	}
}

static void put_json_row(struct sink *sink, const struct answer *a,
			 const struct answer_table *t, size_t r,
			 const struct store *store)
{
	const struct answer_row *row = &a->row[t->row + r];
	struct buffer scratch = {0};
	uint32_t id = VALUES_NONE;
	bool tied = false;

	buffer_add_text(&sink->row, "\n    {");
	for (size_t c = 0; c < t->columns; c++) {
		buffer_printf(&sink->row, "%s\"%s\": ", c ? ", " : "",
			      t->column[c]);
		put_json_cell(sink, a, cell_at(a, t, r, c));
		tied |= cell_at(a, t, r, c)->tied;
	}
	if (tied)
		buffer_add_text(&sink->row, ", \"tied\": true");
	if (t->tree)
		buffer_printf(&sink->row, ", \"depth\": %u", row->depth);
	if (row->event.segment != UINT32_MAX)
		id = store_field(store, row->event, FIELD_EVENT_ID);
	if (id != VALUES_NONE) {
		buffer_add_text(&sink->row, ", \"eventID\": ");
		quote(sink, store_text(store, row->event.segment, id,
				       &scratch));
	}
	buffer_add_byte(&sink->row, '}');
	buffer_free(&scratch);
}

void answer_text_write_json(struct sink *sink, const struct answer *a,
			    const struct store *store)
{
	struct buffer *out = &sink->row;
	struct span note;
	bool taken = true;
	const char *comma = "";

	buffer_printf(out, "{\n  \"overview\": \"%s\"", a->name);
	for (size_t i = 0; i < a->facts; i++) {
		buffer_printf(out, ",\n  \"%s\": ", a->fact[i].name);
		put_json_cell(sink, a, &a->cell[a->fact[i].cell]);
	}
	for (size_t i = 0; i < a->tables; i++) {
		const struct answer_table *t = &a->table[i];

		buffer_printf(out, ",\n  \"%s\": [", t->name);
		for (size_t r = 0; r < t->rows && taken; r++) {
			if (r > 0)
				buffer_add_byte(out, ',');
			put_json_row(sink, a, t, r, store);
			taken = sink_turn(sink);
		}
		buffer_add_text(out, t->rows ? "\n  ]" : "]");
	}
	buffer_add_text(out, ",\n  \"notes\": [");
	for (size_t at = 0; answer_next_note(a, &at, &note); comma = ",") {
		buffer_printf(out, "%s\n    ", comma);
		quote(sink, note);
	}
	buffer_add_text(out, *comma ? "\n  ]\n}\n" : "]\n}\n");
}
