/* Cursor and scroll arithmetic; knows nothing of what the rows hold. */
#include "view/pane.h"

/* The largest top that leaves no empty row below the last. */
static size_t last_top(const struct pane *p)
{
	return p->count > p->height ? p->count - p->height : 0;
}

static void settle(struct pane *p)
{
	if (p->cursor >= p->count)
		p->cursor = p->count ? p->count - 1 : 0;
	if (p->top > p->cursor)
		p->top = p->cursor;
	if (p->height > 0 && p->cursor - p->top >= p->height)
		p->top = p->cursor - p->height + 1;
	if (p->height > 0 && p->top > last_top(p))
		p->top = last_top(p);
}

void pane_set_count(struct pane *p, size_t count)
{
	p->count = count;
	settle(p);
}

void pane_set_height(struct pane *p, size_t height)
{
	p->height = height;
	settle(p);
}

void pane_go(struct pane *p, size_t row)
{
	p->cursor = row;
	settle(p);
}

void pane_move(struct pane *p, long rows)
{
	size_t by = rows < 0 ? 0 - (size_t)rows : (size_t)rows;

	if (rows < 0)
		p->cursor = by < p->cursor ? p->cursor - by : 0;
	else
		p->cursor = by < p->count - p->cursor ? p->cursor + by
						      : p->count;
	settle(p);
}

static long times(long count, size_t step)
{
	long most = 1L << 40;
	long by = step > 0 ? (long)step : 1;

	if (count > most / by)
		return most;
	return count < -most / by ? -most : count * by;
}

void pane_scroll(struct pane *p, long rows)
{
	size_t offset = p->cursor - p->top;

	pane_move(p, rows);
	p->top = p->cursor > offset ? p->cursor - offset : 0;
	settle(p);
}

void pane_move_pages(struct pane *p, long pages)
{
	pane_scroll(p, times(pages, p->height > 1 ? p->height - 1 : 1));
}

void pane_move_halves(struct pane *p, long halves)
{
	pane_scroll(p, times(halves, p->height / 2));
}

void pane_put(struct pane *p, size_t row, size_t offset)
{
	p->cursor = row;
	p->top = row > offset ? row - offset : 0;
	settle(p);
}

void pane_carry(struct pane *p, size_t row)
{
	pane_put(p, row, p->cursor - p->top);
}
