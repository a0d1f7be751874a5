/* Owns the choice of columns and the sharing of width among them.  Draws
 * nothing. */
#include "view/layout.h"

#include "base/memory.h"
#include "text/network.h"

#include <stdlib.h>

enum { LAYOUT_PATH = 20, LAYOUT_MOST = 1000 };

/* How a column behaves when room is scarce.  What is not told here needs its
 * usual width and is cut at its end. */
static const struct manner {
	enum column column;
	enum show_cut cut;
	unsigned need;          /* columns */
	unsigned tight;         /* the same, where it makes room for one more */
	unsigned share;         /* of what is left over */
} manners[] = {
	{COLUMN_GLYPH, SHOW_END, 1, 1, 0},
	{COLUMN_TIME, SHOW_END, 19, 14, 0},
	{COLUMN_EVENT, SHOW_MIDDLE, 16, 11, 2},
	{COLUMN_WHO, SHOW_MIDDLE, 10, 8, 3},
	{COLUMN_FROM, SHOW_END, 15, 15, 1},
	{COLUMN_RESULT, SHOW_END, 6, 6, 2},
	{COLUMN_TARGET, SHOW_TAIL, 9, 9, 6},
};

/* The usual columns and the width of the screen from which on they are. */
static const struct {
	enum column column;
	unsigned from;
} usual[] = {
	{COLUMN_GLYPH, 0}, {COLUMN_TIME, 0}, {COLUMN_EVENT, 0},
	{COLUMN_WHO, 0}, {COLUMN_FROM, 0}, {COLUMN_RESULT, 0},
	{COLUMN_REGION, 120}, {COLUMN_SOURCE, 160}, {COLUMN_ACCOUNT, 160},
	{COLUMN_TARGET, 0},
};

static const struct manner *manner_of(enum column column)
{
	for (size_t i = 0; i < sizeof manners / sizeof *manners; i++)
		if (manners[i].column == column)
			return &manners[i];
	return NULL;
}

void layout_add(struct layout *layout, struct column_ref ref)
{
	const struct manner *manner = manner_of(ref.column);

	layout->column = memory_resize(layout->column, layout->count + 1,
				       sizeof *layout->column);
	layout->column[layout->count++] = (struct layout_column){
		.ref = ref, .cut = manner ? manner->cut : SHOW_END};
}

void layout_remove(struct layout *layout, size_t i)
{
	columns_free(&layout->column[i].ref);
	layout->count--;
	memmove(&layout->column[i], &layout->column[i + 1],
		(layout->count - i) * sizeof *layout->column);
}

bool layout_parse(struct layout *layout, struct span list, struct error *err)
{
	size_t at = 0;

	*layout = (struct layout){0};
	do {
		struct column_ref ref;

		if (!columns_parse_in(list, columns_next(list, &at), &ref,
				      err)) {
			layout_free(layout);
			return false;
		}
		layout_add(layout, ref);
	} while (at <= list.n);
	return true;
}

void layout_names(const struct layout *layout, struct buffer *out)
{
	for (size_t i = 0; i < layout->count; i++) {
		buffer_add_text(out, i > 0 ? "," : "");
		columns_name(&layout->column[i].ref, out);
	}
}

void layout_usual(struct layout *layout, size_t width)
{
	*layout = (struct layout){0};
	for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
		if (width >= usual[i].from)
			layout_add(layout, (struct column_ref){
				.column = usual[i].column});
}

static bool has(const struct layout *layout, enum column column)
{
	for (size_t i = 0; i < layout->count; i++)
		if (layout->column[i].ref.column == column)
			return true;
	return false;
}

void layout_add_usual(struct layout *layout)
{
	layout->main = layout->count;
	for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
		if (!has(layout, usual[i].column))
			layout_add(layout, (struct column_ref){
				.column = usual[i].column});
}

void layout_carry(const struct layout *from, struct layout *to)
{
	to->set = from->set;
	to->zone = from->zone;
	to->relative = from->relative;
	to->origin = from->origin;
}

struct layout layout_copy(const struct layout *layout)
{
	struct layout copy = *layout;

	copy.column = memory_clear(layout->count, sizeof *copy.column);
	for (size_t i = 0; i < layout->count; i++) {
		copy.column[i] = layout->column[i];
		copy.column[i].ref = columns_copy(&layout->column[i].ref);
	}
	return copy;
}

void layout_free(struct layout *layout)
{
	for (size_t i = 0; i < layout->count; i++)
		columns_free(&layout->column[i].ref);
	free(layout->column);
	*layout = (struct layout){0};
}

static void measure(const struct layout *layout, struct layout_column *c,
		    struct span text)
{
	size_t width = show_width(text, layout->set, LAYOUT_MOST);
	struct network network;

	if (width > c->want)
		c->want = width;
	if (c->ref.column == COLUMN_FROM && width > c->least &&
	    network_parse_address(text, &network))
		c->least = width;
}

void layout_measure(struct layout *layout, const struct store *store,
		    const struct store_event *events, size_t n)
{
	struct buffer text = {0};

	for (size_t i = 0; i < layout->count; i++) {
		struct layout_column *c = &layout->column[i];

		c->want = c->least = 0;
		buffer_clear(&text);
		layout_title(layout, i, &text);
		measure(layout, c, buffer_span(&text));
		for (size_t e = 0; e < n; e++) {
			buffer_clear(&text);
			layout_text(layout, i, store, events[e], &text);
			measure(layout, c, buffer_span(&text));
		}
	}
	buffer_free(&text);
}

/* How much a column may be squeezed to make room for others. */
enum squeeze { ROOMY, TIGHT, ADDRESSES, ADDRESSES_TOO };

/* What a column takes at least. */
static size_t usual_need(const struct layout *layout, size_t i, enum squeeze squeeze)
{
	const struct layout_column *c = &layout->column[i];
	const struct manner *manner = manner_of(c->ref.column);
	size_t width;

	if (c->ref.column == COLUMN_TIME)
		return layout->form == STAMP_FULL ? 19 : 14;
	if (c->ref.column == COLUMN_PATH)
		width = LAYOUT_PATH;
	else if (manner)
		width = squeeze == ROOMY || squeeze == ADDRESSES
				? manner->need : manner->tight;
	else
		width = (size_t)columns_info(c->ref.column)->width;
	if (c->want && c->want < width)
		width = c->want;
	return c->least > width && squeeze < ADDRESSES ? c->least : width;
}

/* The same as the user wants it; a column is one wide at least. */
static size_t need(const struct layout *layout, size_t i,
		   enum squeeze squeeze)
{
	size_t width = usual_need(layout, i, squeeze);
	int wider = layout->column[i].wider;

	if (wider < 0 && (size_t)-wider >= width)
		return 1;
	return width + (size_t)wider;
}

static unsigned share(const struct layout_column *c)
{
	const struct manner *manner = manner_of(c->ref.column);

	if (c->off || c->ref.column == COLUMN_TIME || c->wider ||
	    (c->want && c->want <= c->width))
		return 0;
	return manner ? manner->share : c->ref.column == COLUMN_PATH ? 3 : 1;
}

/* Deals out LEFT columns among the first COUNT columns, by their shares. */
static void deal(struct layout *layout, size_t count, size_t left)
{
	while (left > 0) {
		size_t all = 0, before = left;

		for (size_t i = 0; i < count; i++)
			all += share(&layout->column[i]);
		if (all == 0)
			return;
		for (size_t i = 0; i < count && left > 0; i++) {
			struct layout_column *c = &layout->column[i];
			size_t more = before * share(c) / all;

			if (share(c) && more == 0)
				more = 1;
			if (c->want && more > c->want - c->width)
				more = share(c) ? c->want - c->width : 0;
			if (more > left)
				more = left;
			c->width += more;
			left -= more;
		}
	}
}

/* Gives the first columns what they need; how many have room.  *USED: the
 * columns of the screen that they take. */
static size_t give(struct layout *layout, size_t width, enum squeeze squeeze,
		   size_t *used)
{
	size_t count = 0;

	*used = 0;
	for (size_t i = 0; i < layout->count; i++)
		layout->column[i].width = 0;
	for (; count < layout->count; count++) {
		size_t gap = *used > 0;
		size_t taken = need(layout, count, squeeze) + gap;

		if (layout->column[count].off)
			continue;
		if (*used + taken > width) {
			if (gap)
				break;
			taken = width;
		}
		layout->column[count].width = taken - gap;
		*used += taken;
	}
	return count;
}

size_t layout_fit(struct layout *layout, size_t width, bool years)
{
	size_t main = layout->main ? layout->main : layout->count;
	enum squeeze best = ROOMY;
	size_t used, count;

	layout->form = years || width >= 100 ? STAMP_FULL : STAMP_SHORT;
	count = give(layout, width, ROOMY, &used);
	for (int s = TIGHT; s <= ADDRESSES_TOO && count < main; s++) {
		size_t more = give(layout, width, (enum squeeze)s, &used);

		if (more > count) {
			count = more;
			best = (enum squeeze)s;
		}
	}
	give(layout, width, best, &used);
	deal(layout, count, width - used);
	return count;
}

void layout_text(const struct layout *layout, size_t i,
		 const struct store *store, struct store_event event,
		 struct buffer *out)
{
	struct column_ref ref = layout->column[i].ref;
	size_t from = out->n;

	ref.ascii = layout->set == SHOW_ASCII;
	if (ref.column == COLUMN_TIME) {
		const struct segment *s = store_segment(store, event.segment);
		int64_t time = segment_event(s, event.index)->time;
		char text[STAMP_ROOM];

		if (time != SEGMENT_NO_TIME) {
			if (layout->relative)
				stamp_difference(time - layout->origin, text);
			else
				stamp_format(time, layout->form, layout->zone,
					     text);
			buffer_add_text(out, text);
			return;
		}
	}
	if (ref.column == COLUMN_FINDING && layout->waiting)
		return;
	columns_text(store, event, &ref, out);
	/* Which service it is tells its first word. */
	if (ref.column == COLUMN_WHO || ref.column == COLUMN_FROM)
		out->n = from + columns_short_source(span_from(
				buffer_span(out), from)).n;
}

void layout_title(const struct layout *layout, size_t i, struct buffer *out)
{
	const struct column_ref *ref = &layout->column[i].ref;

	if (ref->column == COLUMN_PATH)
		columns_name(ref, out);
	else
		buffer_add_text(out, columns_info(ref->column)->title);
}
