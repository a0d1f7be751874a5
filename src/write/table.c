/* Owns the rows of tables.  What stands in a cell and how wide it is, the
 * layout tells. */
#include "write/table.h"

#include "write/cell.h"

enum {
	TABLE_MEASURED = 100000,        /* events that are looked at first */
	TABLE_WIDEST = 60               /* a pipe's padding at most */
};

struct table {
	struct sink *sink;
	struct layout *layout;
	size_t shown;           /* columns */
	bool cut;
	struct buffer raw;
};

/* One cell of `raw`. */
static void put(struct table *t, size_t i)
{
	const struct layout_column *c = &t->layout->column[i];
	struct buffer *row = &t->sink->row;
	struct span raw = buffer_span(&t->raw);
	size_t width;

	if (i > 0)
		buffer_add_text(row, t->cut ? " " : "  ");
	if (t->cut) {
		show_write_fitted(raw, t->layout->set, c->cut, c->width, row);
		return;
	}
	width = show_width(raw, t->layout->set, c->width);
	show_write(raw, t->layout->set, row);
	if (width < c->width)
		buffer_printf(row, "%*s", (int)(c->width - width), "");
}

static struct span without_blanks(struct span row)
{
	while (row.n > 0 && row.p[row.n - 1] == ' ')
		row.n--;
	return row;
}

static void end_row(struct table *t, size_t from)
{
	struct buffer *row = &t->sink->row;
	struct span text = {row->p + from, row->n - from};

	row->n = from + without_blanks(text).n;
	buffer_add_byte(row, '\n');
}

static void fit_pipe(struct layout *layout)
{
	layout->form = STAMP_FULL;
	for (size_t i = 0; i < layout->count; i++) {
		struct layout_column *c = &layout->column[i];

		c->width = c->want < TABLE_WIDEST ? c->want : TABLE_WIDEST;
	}
}

/* Which year is meant, when the times do not say it. */
static void add_time_title(struct table *t, const struct run_result *result)
{
	char text[STAMP_ROOM];

	buffer_add_text(&t->raw, t->layout->zone == STAMP_LOCAL ? " local"
								: " UTC");
	if (t->layout->form == STAMP_SHORT && result->first <= result->last) {
		stamp_format(result->first, STAMP_FULL, t->layout->zone, text);
		buffer_printf(&t->raw, " %.4s", text);
	}
}

/* Ends the header, which began at FROM, in what has no room. */
static void add_hidden(struct table *t, size_t from, size_t hidden,
		       size_t width)
{
	enum show_set set = t->layout->set;
	struct buffer *row = &t->sink->row;
	struct buffer line = {0};
	size_t taken;

	buffer_printf(&line, " +%zu %s", hidden,
		      set == SHOW_ASCII ? ">" : "\xe2\x80\xba");
	taken = show_width(buffer_span(&line), set, width);
	if (taken >= width) {
		buffer_free(&line);
		return;
	}
	t->raw.n = 0;
	buffer_add_span(&t->raw, without_blanks((struct span){
		row->p + from, row->n - from}));
	row->n = from;
	show_write_fitted(buffer_span(&t->raw), set, SHOW_END, width - taken,
			  row);
	buffer_add_span(row, buffer_span(&line));
	buffer_free(&line);
}

static void put_header(struct table *t, const struct run_result *result,
		       size_t width)
{
	struct buffer *row = &t->sink->row;
	size_t from = row->n, hidden = t->layout->count - t->shown;

	for (size_t i = 0; i < t->shown; i++) {
		buffer_clear(&t->raw);
		layout_title(t->layout, i, &t->raw);
		if (t->layout->column[i].ref.column == COLUMN_TIME)
			add_time_title(t, result);
		put(t, i);
	}
	if (hidden > 0)
		add_hidden(t, from, hidden, width);
	end_row(t, from);
}

static bool same_year(const struct run_result *result, enum stamp_zone zone)
{
	char first[STAMP_ROOM], last[STAMP_ROOM];

	if (result->first > result->last)
		return true;
	stamp_format(result->first, STAMP_FULL, zone, first);
	stamp_format(result->last, STAMP_FULL, zone, last);
	return memcmp(first, last, 4) == 0;
}

void table_write(struct sink *sink, const struct store *store,
		 const struct run_result *result, struct layout *layout,
		 bool header, size_t width, bool clear)
{
	struct table t = {.sink = sink, .layout = layout, .cut = width > 0,
			  .shown = layout->count};
	size_t measured = result->count < TABLE_MEASURED ? result->count
							 : TABLE_MEASURED;

	layout_measure(layout, store, result->events, measured);
	if (t.cut)
		t.shown = layout_fit(layout, width,
				     !same_year(result, layout->zone));
	else
		fit_pipe(layout);
	if (header)
		put_header(&t, result, width);
	for (size_t i = 0; i < result->count && sink_turn(sink); i++) {
		size_t from = sink->row.n;

		for (size_t c = 0; c < t.shown; c++) {
			const struct column_ref *ref = &layout->column[c].ref;

			buffer_clear(&t.raw);
			if (clear && ref->column == COLUMN_PATH)
				cell_text(store, result->events[i], ref, true,
					  &t.raw);
			else
				layout_text(layout, c, store,
					    result->events[i], &t.raw);
			put(&t, c);
		}
		end_row(&t, from);
	}
	buffer_wipe(&t.raw);
}
