/* Owns the widths of an overview's columns: what each wants, by the texts in it,
 * and what it gets. */
#include "view/sheet_parts.h"

#include "text/network.h"

enum {
	MEASURED = 64,          /* rows that are looked at for widths */
	LEAST = 10,             /* columns that every text has */
	NEARLY = 14,            /* a text this short is told whole */
	SECONDS = 3,            /* columns of `:05` */
	SUBJECT = 5,            /* a part of the screen, for its subject */
	ACCOUNT = 12,           /* digits */
	YEARS_FROM = 120        /* columns: times show their year */
};

static size_t indent_of(const struct sheet *s, const struct answer_table *t,
			size_t row, size_t column)
{
	return t->tree && column == 0
		? 2 * (size_t)s->answer->row[row].depth : 0;
}

bool sheet_is_id(struct span text)
{
	for (size_t i = 0; i < text.n; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;
		char c = text.p[i];

		if (dash ? c != '-' : !(c >= '0' && c <= '9') &&
				      !(c >= 'a' && c <= 'f'))
			return false;
	}
	return text.n == 36;
}

struct span sheet_fitted(const struct answer_cell *cell, struct span text,
			 size_t width)
{
	if (cell->kind == ANSWER_TIME && !cell->tied && width < text.n &&
	    text.n > SECONDS)
		text.n -= SECONDS;
	return text;
}

/* A part of it would be taken for another: times, counts, addresses, account
 * and key ids are told whole or not at all. */
static bool is_whole(const struct answer_cell *cell, struct span text)
{
	struct network address;
	size_t digits = 0;

	while (digits < text.n && text.p[digits] >= '0' &&
	       text.p[digits] <= '9')
		digits++;
	return cell->kind == ANSWER_COUNT || cell->kind == ANSWER_TIME ||
	       (digits == ACCOUNT && text.n == ACCOUNT) ||
	       span_starts(text, SPAN("AKIA")) ||
	       span_starts(text, SPAN("ASIA")) ||
	       network_parse_address(text, &address);
}

static void raise_least(struct sheet_column *c, size_t least)
{
	if (least > c->want)
		least = c->want;
	if (c->least < least)
		c->least = least;
}

/* What a column wants: by its title and some rows from all over the table. */
static void measure_column(struct sheet *s, const struct answer_table *t,
			   size_t i, struct sheet_column *c)
{
	size_t n = t->rows < MEASURED ? t->rows : MEASURED;
	bool times = false;

	*c = (struct sheet_column){.want = 0};
	for (size_t k = 0; k < n; k++) {
		size_t row = t->row + k * (t->rows / n);
		const struct answer_cell *cell = sheet_cell_of(s, row, i);
		struct span text = sheet_cell_text(s, cell);
		size_t width;

		if (text.n == 0)
			continue;
		times |= cell->kind == ANSWER_TIME;
		width = sheet_is_id(text)
			? SHEET_ID : show_width(text, s->set, SHEET_WIDEST);
		width += indent_of(s, t, row, i);
		if (width > c->want)
			c->want = width;
		/* What a row is about keeps its seconds. */
		if (i > 0 && is_whole(cell, text))
			width = sheet_fitted(cell, text, 0).n;
		if (width > c->least && is_whole(cell, text))
			c->least = width;
	}
	if (c->want == 0)
		return;
	if (c->want < strlen(t->column[i]))
		c->want = strlen(t->column[i]);
	if (i == 0)
		raise_least(c, s->columns / SUBJECT);
	raise_least(c, c->want <= NEARLY && !times ? NEARLY : LEAST);
}

/* Times without their year are told apart as long as there is one only. */
static bool several_years(const struct answer *a)
{
	int32_t year = 0;

	for (size_t i = 0; i < a->cells; i++) {
		int32_t one;

		if (a->cell[i].kind != ANSWER_TIME)
			continue;
		one = stamp_to_date(a->cell[i].number).year;
		if (year && one != year)
			return true;
		year = one;
	}
	return false;
}

void sheet_measure(struct sheet *s)
{
	s->form = s->columns >= YEARS_FROM || several_years(s->answer)
		? STAMP_FULL : STAMP_SHORT;
	for (size_t i = 0; i < s->answer->tables; i++)
		for (size_t k = 0; k < s->answer->table[i].columns; k++)
			measure_column(s, &s->answer->table[i], k,
				       &s->column[s->table[i].column + k]);
}

static size_t widen(struct sheet_column *c, size_t by)
{
	if (c->width == 0 || by > c->want - c->width)
		by = c->width == 0 ? 0 : c->want - c->width;
	c->width += by;
	return by;
}

/* Gives each column that has room what it needs, then what is left: half to the
 * first, and to those that want more. */
static void share(struct sheet_column *c, size_t count, size_t from,
		  size_t room)
{
	bool more = true, full = false;
	size_t used = 0;

	for (size_t i = 0; i < count; i++) {
		size_t needs = c[i].least + (used > 0);

		c[i].width = 0;
		if (c[i].want == 0 || (i > 0 && i < from))
			continue;
		full |= used > 0 && used + needs > room;
		if (full)
			continue;
		c[i].width = c[i].least < room ? c[i].least : room;
		used += c[i].width + (used > 0);
	}
	if (count > 0 && used < room)
		used += widen(&c[0], (room - used + 1) / 2);
	while (more && used < room) {
		more = false;
		for (size_t i = 0; i < count && used < room; i++) {
			if (c[i].width == 0 || c[i].width >= c[i].want)
				continue;
			c[i].width++;
			used++;
			more = true;
		}
	}
}

void sheet_fit(struct sheet *s, uint32_t number, size_t cell)
{
	const struct answer_table *t = sheet_table_of(s, number);
	struct sheet_table *table = &s->table[number];
	struct sheet_column *c = &s->column[table->column];
	/* A bar stands before each row, and a sign where a column has any. */
	size_t signs = sheet_flags(s, number) ? 2 : 1;
	size_t room = s->columns > signs ? s->columns - signs : 1;

	table->from = 1;
	share(c, t->columns, table->from, room);
	while (cell < t->columns && c[cell].want > 0 && c[cell].width == 0 &&
	       table->from < cell)
		share(c, t->columns, ++table->from, room);
	table->before = table->behind = 0;
	for (size_t i = 0; i < t->columns; i++)
		*(i < table->from ? &table->before : &table->behind) +=
			c[i].want > 0 && c[i].width == 0;
}
