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

/* Columns that the others are only told of: what they need at least, and they
 * are the next to grow. */
static const struct telling {
	const char *name;
	size_t least;
} tellings[] = {
	{"step", 20}, {"finding", 20}, {"last_step", 14}, {"rule", 30},
	{"hours_without_file", 18},
};

static size_t telling(const char *name)
{
	for (size_t i = 0; i < sizeof tellings / sizeof *tellings; i++)
		if (strcmp(tellings[i].name, name) == 0)
			return tellings[i].least;
	return 0;
}

static size_t indent_of(const struct sheet *s, const struct answer_table *t,
			size_t row, size_t column)
{
	return t->tree && column == 0
		? answer_indent(&s->answer->row[row]) : 0;
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

/* Whether all rows that are looked at hold one text. */
static bool is_same(const struct sheet *s, const struct answer_table *t,
		    size_t i)
{
	size_t n = t->rows < MEASURED ? t->rows : MEASURED;
	const struct answer_cell *first, *cell;

	if (i == 0 || n < 2)
		return false;
	first = sheet_cell_of(s, t->row, i);
	for (size_t k = 0; k < n; k++) {
		cell = sheet_cell_of(s, t->row + k * (t->rows / n), i);
		if (cell->texts != 1 || first->texts != 1 ||
		    !span_equal(answer_text(s->answer, first, 0),
				answer_text(s->answer, cell, 0)))
			return false;
	}
	return true;
}

/* What a column wants: by its title and some rows from all over the table. */
static void measure_column(struct sheet *s, const struct answer_table *t,
			   size_t i, struct sheet_column *c)
{
	size_t n = t->rows < MEASURED ? t->rows : MEASURED;
	bool times = false;

	*c = (struct sheet_column){.same = is_same(s, t, i),
				   .tells = telling(t->column[i]) > 0};
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
	raise_least(c, telling(t->column[i]));
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

/* Which columns have room first: what tells most, what parts the rows or is
 * under the cursor, the others. */
enum rank { TELLS, PARTS, SAME, RANKS };

static enum rank rank_of(const struct sheet_column *c, size_t i, size_t cell)
{
	if (i == 0 || c[i].tells)
		return TELLS;
	return c[i].same && i != cell ? SAME : PARTS;
}

/* Gives those of a rank what they need, one after another until one has no
 * room. */
static size_t give(struct sheet_column *c, size_t count, size_t from,
		   size_t room, size_t cell, enum rank rank, size_t used)
{
	for (size_t i = 0; i < count; i++) {
		size_t needs = c[i].least + (used > 0);

		if (c[i].want == 0 || (i > 0 && i < from) ||
		    rank_of(c, i, cell) != rank)
			continue;
		if (used > 0 && used + needs > room)
			break;
		c[i].width = c[i].least < room ? c[i].least : room;
		used += c[i].width + (used > 0);
	}
	return used;
}

/* What is left then goes to the first by half, to what tells most, and to those
 * that want more. */
static void share(struct sheet_column *c, size_t count, size_t from,
		  size_t room, size_t cell)
{
	bool more = true;
	size_t used = 0;

	for (size_t i = 0; i < count; i++)
		c[i].width = 0;
	for (int rank = 0; rank < RANKS; rank++)
		used = give(c, count, from, room, cell, (enum rank)rank, used);
	if (count > 0 && used < room)
		used += widen(&c[0], (room - used + 1) / 2);
	for (size_t i = 0; i < count && used < room; i++)
		if (c[i].tells)
			used += widen(&c[i], room - used);
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
	share(c, t->columns, table->from, room, cell);
	while (cell < t->columns && c[cell].want > 0 && c[cell].width == 0 &&
	       table->from < cell)
		share(c, t->columns, ++table->from, room, cell);
	table->before = table->behind = 0;
	for (size_t i = 0; i < t->columns; i++)
		*(i < table->from ? &table->before : &table->behind) +=
			c[i].want > 0 && c[i].width == 0;
}
