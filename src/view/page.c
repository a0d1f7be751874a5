/* Owns a text and where its lines begin.  Draws nothing. */
#include "view/page.h"

#include "base/memory.h"

#include <stdlib.h>

void page_free(struct page *p)
{
	buffer_free(&p->text);
	free(p->lines);
	*p = (struct page){0};
}

void page_set(struct page *p, struct span text)
{
	buffer_clear(&p->text);
	buffer_add_span(&p->text, text);
	p->columns = 0;
	p->pane.count = p->pane.top = p->pane.cursor = 0;
}

static void add_line(struct page *p, size_t at)
{
	size_t n = p->pane.count + 2;

	if (n > p->capacity) {
		p->capacity = memory_grown(p->capacity, n, sizeof(*p->lines));
		p->lines = memory_resize(p->lines, p->capacity,
					 sizeof(*p->lines));
	}
	p->lines[p->pane.count++] = at;
}

/* Cells of one character stay together, and words where lines are indented.
 * What is indented begins with a label as wide as that. */
static void wrap_line(struct page *p, size_t from, size_t to, size_t columns,
		      enum show_set set)
{
	struct span raw = {p->text.p + from, to - from};
	size_t used = 0, unit = 0, unit_from = 0, room = columns;
	size_t start = p->indented, word = 0, since = 0;
	struct show_cell cell;
	struct show show;

	add_line(p, from);
	show_start(&show, raw, set);
	while (show_next(&show, &cell)) {
		if (cell.from != unit_from)
			unit = 0;
		unit_from = cell.from;
		unit += cell.width;
		used += cell.width;
		since += cell.width;
		if (used > room && used > unit) {
			bool whole = p->indented > 0 && word > start;

			start = whole ? word : unit_from;
			add_line(p, from + start);
			used = whole ? since : unit;
			room = columns - p->indented;
		}
		if (raw.p[cell.from] == ' ') {
			word = cell.from + 1;
			since = 0;
		}
	}
}

void page_wrap(struct page *p, size_t columns, enum show_set set)
{
	size_t at = p->pane.cursor < p->pane.count
			    ? p->lines[p->pane.cursor] : 0;
	size_t from = 0, row = 0;

	columns = columns > 0 ? columns : 1;
	if (p->columns == columns)
		return;
	p->columns = columns;
	p->indented = columns > 2 * p->indent ? p->indent : 0;
	p->pane.count = 0;
	while (from < p->text.n) {
		const char *feed = memchr(p->text.p + from, '\n',
					  p->text.n - from);
		size_t to = feed ? (size_t)(feed - p->text.p) : p->text.n;

		wrap_line(p, from, to, columns, set);
		from = to + 1;
	}
	if (p->pane.count == 0)
		add_line(p, 0);
	p->lines[p->pane.count] = p->text.n;
	while (row + 1 < p->pane.count && p->lines[row + 1] <= at)
		row++;
	p->pane.top = p->pane.cursor = 0;
	pane_set_count(&p->pane, p->pane.count);
	pane_go(&p->pane, row);
}

bool page_goes_on(const struct page *p, size_t i)
{
	return p->lines[i] > 0 && p->text.p[p->lines[i] - 1] != '\n';
}

struct span page_line(const struct page *p, size_t i)
{
	size_t from = p->lines[i], to = p->lines[i + 1];

	if (to > from && p->text.p[to - 1] == '\n')
		to--;
	return (struct span){p->text.p + from, to - from};
}
