/* Owns the way from rows to columns; the layout owns the columns. */
#include "view/chooser.h"

#include "base/memory.h"

enum { WIDER_MOST = 200 };

size_t chooser_chosen(const struct layout *l)
{
	return l->main ? l->main : l->count;
}

static bool is_chosen(const struct layout *l, enum column column)
{
	for (size_t i = 0; i < chooser_chosen(l); i++)
		if (l->column[i].ref.column == column)
			return true;
	return false;
}

void chooser_refresh(struct chooser *c, const struct layout *l)
{
	size_t rows = chooser_chosen(l);

	for (int i = 0; i < COLUMN_COUNT; i++)
		rows += !is_chosen(l, (enum column)i);
	pane_set_count(&c->pane, rows);
}

struct column_ref chooser_column(const struct layout *l, size_t i)
{
	size_t left = i - chooser_chosen(l);
	struct column_ref ref = {.column = COLUMN_TIME};

	if (i < chooser_chosen(l))
		return columns_copy(&l->column[i].ref);
	for (int k = 0; k < COLUMN_COUNT; k++) {
		if (is_chosen(l, (enum column)k) || left-- > 0)
			continue;
		columns_parse(span_of(columns_info((enum column)k)->name),
			      &ref, NULL);
		break;
	}
	return ref;
}

/* What a wider screen would have is no part of a choice. */
static void settle(struct layout *l)
{
	while (l->count > chooser_chosen(l))
		layout_remove(l, l->count - 1);
	l->main = 0;
}

bool chooser_toggle(struct chooser *c, struct layout *l)
{
	size_t row = c->pane.cursor;
	struct column_ref ref;

	if (row < chooser_chosen(l)) {
		if (chooser_chosen(l) == 1)
			return false;
		settle(l);
		layout_remove(l, row);
	} else {
		ref = chooser_column(l, row);
		settle(l);
		layout_add(l, ref);
		pane_go(&c->pane, l->count - 1);
	}
	chooser_refresh(c, l);
	return true;
}

bool chooser_move(struct chooser *c, struct layout *l, int direction)
{
	size_t row = c->pane.cursor, to = row + (size_t)direction;
	struct layout_column column;

	if (row >= chooser_chosen(l) || to >= chooser_chosen(l))
		return false;
	settle(l);
	column = l->column[row];
	l->column[row] = l->column[to];
	l->column[to] = column;
	pane_go(&c->pane, to);
	return true;
}

bool chooser_widen(struct chooser *c, struct layout *l, int by)
{
	struct layout_column *column = &l->column[c->pane.cursor];
	int wider;

	if (c->pane.cursor >= chooser_chosen(l))
		return false;
	settle(l);
	wider = column->wider + by;
	if (wider >= -WIDER_MOST && wider <= WIDER_MOST)
		column->wider = wider;
	return true;
}

bool chooser_add(struct chooser *c, struct layout *l, struct span name,
		 struct error *err)
{
	struct column_ref ref;

	if (!columns_parse(name, &ref, err))
		return false;
	settle(l);
	layout_add(l, ref);
	chooser_refresh(c, l);
	pane_go(&c->pane, l->count - 1);
	return true;
}
