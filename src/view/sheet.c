/* Owns the lines; widths are sheet_fit.c's, the texts the answer's. */
#include "view/sheet.h"

#include "base/memory.h"
#include "triage/findings.h"
#include "view/sheet_parts.h"

#include <stdlib.h>

enum {
	SHORT = 8,              /* rows of a long table but the first */
	FACT_GAP = 3
};

void sheet_free(struct sheet *s)
{
	answer_free(s->answer);
	free(s->line);
	free(s->table);
	free(s->column);
	buffer_free(&s->scratch);
	*s = (struct sheet){.cell = 0};
}

static void start_tables(struct sheet *s)
{
	size_t columns = 0;

	free(s->table);
	s->table = memory_clear(s->answer->tables + 1,
				sizeof *s->table);
	for (size_t i = 0; i < s->answer->tables; i++) {
		s->table[i].column = columns;
		s->table[i].from = 1;
		s->table[i].fold = i == 0 ? SHEET_WHOLE : SHEET_SHORT;
		columns += s->answer->table[i].columns;
	}
	free(s->column);
	s->column = memory_clear(columns + 1, sizeof *s->column);
}

struct span sheet_cell_text(struct sheet *s, const struct answer_cell *cell)
{
	buffer_clear(&s->scratch);
	answer_write(s->answer, cell, s->form, s->zone, &s->scratch);
	return buffer_span(&s->scratch);
}

static struct sheet_line *add_line(struct sheet *s, size_t *count,
				   enum sheet_kind kind, uint32_t table)
{
	if (*count == s->capacity) {
		s->capacity = memory_grown(s->capacity, *count + 1,
					   sizeof *s->line);
		s->line = memory_resize(s->line, s->capacity,
					sizeof *s->line);
	}
	s->line[*count] = (struct sheet_line){.kind = (uint8_t)kind,
					      .table = table};
	return &s->line[(*count)++];
}

static size_t fact_width(struct sheet *s, size_t i)
{
	const struct answer_fact *f = &s->answer->fact[i];
	struct span text = sheet_cell_text(s, &s->answer->cell[f->cell]);

	return text.n == 0 ? 0 : strlen(f->name) + 1 + FACT_GAP +
				 show_width(text, s->set, SHEET_WIDEST);
}

/* As many facts on a line as it takes. */
static void add_facts(struct sheet *s, size_t *count)
{
	struct sheet_line *line = NULL;
	size_t used = 0;

	for (size_t i = 0; i < s->answer->facts; i++) {
		size_t width = fact_width(s, i);

		if (width == 0)
			continue;
		if (!line || used + width > s->columns) {
			line = add_line(s, count, SHEET_FACTS, 0);
			line->at = i;
			used = 0;
		}
		line->count = i + 1 - line->at;
		used += width;
	}
}

static void add_table(struct sheet *s, size_t *count, uint32_t number)
{
	const struct answer_table *t = sheet_table_of(s, number);
	uint8_t fold = s->table[number].fold;
	size_t rows = t->rows;

	if (fold == SHEET_CLOSED)
		rows = 0;
	else if (fold == SHEET_SHORT && rows > SHORT + 1)
		rows = SHORT;
	add_line(s, count, SHEET_TITLE, number);
	if (rows == 0)
		return;
	add_line(s, count, SHEET_HEADS, number);
	for (size_t i = 0; i < rows; i++)
		add_line(s, count, SHEET_ROW, number)->at = t->row + i;
	if (rows < t->rows)
		add_line(s, count, SHEET_MORE, number)->count =
			t->rows - rows;
}

/* As much of TEXT as WIDTH columns take, up to a blank where there is one. */
static size_t broken(const struct sheet *s, struct span text, size_t width)
{
	size_t at = 0, good = 0;

	while (at < text.n) {
		size_t end = at + 1;

		while (end < text.n && text.p[end] != ' ')
			end++;
		if (show_width((struct span){text.p, end}, s->set, width) >
		    width)
			break;
		good = at = end;
	}
	return good > 0 ? good : text.n;
}

static void add_note(struct sheet *s, size_t *count, struct span note)
{
	size_t width = s->columns > 24 ? s->columns - 4 : 20;
	bool first = true;

	while (note.n > 0) {
		struct sheet_line *line = add_line(s, count, SHEET_NOTE, 0);

		line->note = (struct span){note.p, broken(s, note, width)};
		line->first = first;
		note = span_trim(span_from(note, line->note.n));
		first = false;
	}
}

static void make_lines(struct sheet *s)
{
	size_t count = 0, at = 0;
	struct span note;

	add_facts(s, &count);
	for (uint32_t i = 0; i < s->answer->tables; i++)
		add_table(s, &count, i);
	while (answer_next_note(s->answer, &at, &note))
		add_note(s, &count, note);
	pane_set_count(&s->pane, count);
}

static void lay_anew(struct sheet *s)
{
	sheet_measure(s);
	make_lines(s);
}

/* Whether folds and widths of one are there for the other. */
static bool is_alike(const struct answer *a, const struct answer *b)
{
	bool alike = a && b && a->name == b->name && a->tables == b->tables;

	for (size_t i = 0; alike && i < a->tables; i++)
		alike = a->table[i].columns == b->table[i].columns;
	return alike;
}

/* The last column is its ARN where the list has one beside its name. */
static struct span certificate_of(const struct answer *a, uint32_t table,
				  size_t row)
{
	const struct answer_table *t = &a->table[table];
	const struct answer_cell *cell;
	size_t i = 0;

	while (i < t->columns && strcmp(t->column[i], "arn") != 0)
		i++;
	if (i == t->columns && strcmp(t->column[0], "certificate") == 0)
		i = 0;
	if (i == t->columns)
		return (struct span){NULL, 0};
	cell = &a->cell[a->row[row].cell + i];
	return cell->texts ? answer_text(a, cell, 0) : (struct span){NULL, 0};
}

static bool is_same_cell(const struct answer *a, const struct answer_cell *x,
			 const struct answer *b, const struct answer_cell *y)
{
	bool same = x->kind == y->kind && x->number == y->number &&
		    x->texts == y->texts;

	for (uint32_t i = 0; same && i < x->texts; i++)
		same = span_equal(answer_text(a, x, i), answer_text(b, y, i));
	return same;
}

/* How many of the first cells two rows share; the event decides between rows
 * that share as many. */
static size_t likeness(const struct answer *a, const struct answer_row *x,
		       const struct answer *b, const struct answer_row *y,
		       size_t columns)
{
	size_t n = 0;

	while (n < columns && is_same_cell(a, &a->cell[x->cell + n],
					   b, &b->cell[y->cell + n]))
		n++;
	return 2 * n + (x->event.segment != STORE_NO_EVENT.segment &&
			store_same_event(x->event, y->event));
}

/* The row of the answer that is the one of the answer before, or SIZE_MAX. */
static size_t row_again(const struct answer *a, const struct answer *before,
			const struct sheet_line *line)
{
	const struct answer_table *t = &a->table[line->table];
	struct span certificate = certificate_of(before, line->table, line->at);
	size_t found = SIZE_MAX, most = 0;

	for (size_t i = t->row; i < t->row + t->rows; i++) {
		size_t like = likeness(a, &a->row[i], before,
				       &before->row[line->at], t->columns);

		if (certificate.p &&
		    span_equal(certificate_of(a, line->table, i), certificate))
			return i;
		if (like > most)
			found = i;
		most = like > most ? like : most;
	}
	return found;
}

/* Lines for an answer in place of the one BEFORE, the cursor on its row, or on
 * the line with the same number among those of its kind. */
static void lay_again(struct sheet *s, const struct answer *before)
{
	size_t cursor = s->pane.cursor, row = SIZE_MAX, nth = 0, to = SIZE_MAX;
	size_t offset = cursor - s->pane.top;
	struct sheet_line was = s->line[cursor];

	for (size_t i = 0; i < cursor; i++)
		nth += s->line[i].kind == was.kind &&
		       s->line[i].table == was.table;
	if (was.kind == SHEET_ROW)
		row = row_again(s->answer, before, &was);
	if (row != SIZE_MAX && row - s->answer->table[was.table].row >= SHORT)
		s->table[was.table].fold = SHEET_WHOLE;
	lay_anew(s);
	for (size_t i = 0; i < s->pane.count; i++) {
		if (s->line[i].kind != was.kind ||
		    s->line[i].table != was.table)
			continue;
		to = i;
		if (row != SIZE_MAX ? s->line[i].at == row : nth-- == 0)
			break;
	}
	if (to != SIZE_MAX)
		pane_put(&s->pane, to, offset);
}

void sheet_take(struct sheet *s, struct answer *answer)
{
	struct answer *before = s->answer;
	bool same = is_alike(before, answer);

	s->answer = answer;
	/* Its lines pointed into the one before. */
	if (same && s->columns > 0 && s->chosen && s->pane.count > 0)
		lay_again(s, before);
	else if (same && s->columns > 0)
		lay_anew(s);
	answer_free(before);
	if (same)
		return;
	s->columns = 0;
	s->cell = 0;
	s->fresh = true;
	s->chosen = false;
	pane_set_count(&s->pane, 0);
	if (answer)
		start_tables(s);
}

static const struct sheet_line *line_of(const struct sheet *s)
{
	return s->answer && s->pane.count > 0 ? &s->line[s->pane.cursor]
					      : NULL;
}

/* What one came for. */
static void go_first_row(struct sheet *s)
{
	size_t i = 0;

	while (i < s->pane.count && s->line[i].kind != SHEET_ROW)
		i++;
	pane_go(&s->pane, i < s->pane.count ? i : 0);
	s->fresh = false;
}

void sheet_lay(struct sheet *s, size_t columns, enum show_set set,
	       enum stamp_zone zone)
{
	const struct sheet_line *line;

	if (!s->answer || columns == 0)
		return;
	if (s->columns != columns || s->set != set || s->zone != zone) {
		s->columns = columns;
		s->set = set;
		s->zone = zone;
		lay_anew(s);
	}
	if (s->fresh)
		go_first_row(s);
	line = line_of(s);
	for (uint32_t i = 0; i < s->answer->tables; i++)
		sheet_fit(s, i, line && line->kind == SHEET_ROW && line->table == i
			? s->cell : 0);
}

static bool begins_in_rows(const struct sheet *s)
{
	return s->pane.count > 0 && (s->line[s->pane.top].kind == SHEET_ROW ||
				     s->line[s->pane.top].kind == SHEET_MORE);
}

void sheet_set_height(struct sheet *s, size_t rows)
{
	pane_set_height(&s->pane, rows);
	s->above = false;
	if (rows < 2 || !begins_in_rows(s))
		return;
	pane_set_height(&s->pane, rows - 1);
	s->above = begins_in_rows(s);
	if (!s->above)
		pane_set_height(&s->pane, rows);
}

const struct answer_row *sheet_row(const struct sheet *s)
{
	const struct sheet_line *line = line_of(s);

	return line && line->kind == SHEET_ROW ? &s->answer->row[line->at]
					       : NULL;
}

struct span sheet_certificate(const struct sheet *s)
{
	const struct sheet_line *line = line_of(s);

	return line && line->kind == SHEET_ROW
		? certificate_of(s->answer, line->table, line->at)
		: (struct span){NULL, 0};
}

bool sheet_toggle(struct sheet *s)
{
	const struct sheet_line *line = line_of(s);
	uint8_t *fold;

	if (!line || (line->kind != SHEET_TITLE && line->kind != SHEET_MORE))
		return false;
	fold = &s->table[line->table].fold;
	*fold = line->kind == SHEET_MORE || *fold == SHEET_CLOSED
		? SHEET_WHOLE : SHEET_CLOSED;
	make_lines(s);
	return true;
}

void sheet_section(struct sheet *s, int direction)
{
	size_t at = s->pane.cursor;

	do
		at += (size_t)direction;
	while (at < s->pane.count && s->line[at].kind != SHEET_TITLE);
	pane_go(&s->pane, at < s->pane.count ? at
			  : direction < 0 ? 0 : s->pane.count);
	/* What stands below a title is what one goes there for. */
	s->pane.top = s->pane.cursor;
	pane_set_height(&s->pane, s->pane.height);
	s->chosen = true;
}

/* Past columns that are empty. */
void sheet_move_cell(struct sheet *s, long by)
{
	const struct sheet_line *line = line_of(s);
	const struct answer_table *t;
	const struct sheet_column *c;
	size_t at = s->cell, step = by < 0 ? SIZE_MAX : 1;

	if (!line || line->kind != SHEET_ROW)
		return;
	t = sheet_table_of(s, line->table);
	c = &s->column[s->table[line->table].column];
	if (at >= t->columns)
		at = s->cell = 0;
	for (long left = by < 0 ? -by : by; left > 0;) {
		at += step;
		if (at >= t->columns)
			break;
		if (c[at].want == 0)
			continue;
		s->cell = at;
		left--;
	}
}

const struct answer_cell *sheet_cell(const struct sheet *s,
				     const char **column)
{
	const struct sheet_line *line = line_of(s);
	const struct answer_table *t;
	size_t i;

	if (!line || line->kind != SHEET_ROW)
		return NULL;
	t = sheet_table_of(s, line->table);
	i = s->cell < t->columns ? s->cell : 0;
	*column = t->column[i];
	return sheet_cell_of(s, line->at, i);
}

void sheet_text(const struct sheet *s, const struct sheet_line *line, size_t i,
		struct buffer *out)
{
	answer_write(s->answer, sheet_cell_of(s, line->at, i), s->form, s->zone,
		     out);
}

void sheet_name(const char *name, struct buffer *out)
{
	for (; *name; name++)
		buffer_add_byte(out, *name == '_' ? ' ' : *name);
}

static void tell_facts(const struct sheet *s, const struct sheet_line *line,
		       struct buffer *out)
{
	for (size_t i = line->at; i < line->at + line->count; i++) {
		const struct answer_fact *f = &s->answer->fact[i];

		buffer_add_text(out, i > line->at ? "  " : "");
		sheet_name(f->name, out);
		buffer_add_text(out, " = ");
		answer_write(s->answer, &s->answer->cell[f->cell], s->form,
			     s->zone, out);
	}
}

/* The finding that the row names tells why it is there. */
static bool tell_rule(const struct sheet *s, struct buffer *out)
{
	const char *rule = NULL;

	for (size_t i = s->cell ? SIZE_MAX : 0; !rule &&
	     i < sheet_table_of(s, line_of(s)->table)->columns; i++) {
		sheet_text(s, line_of(s), i, out);
		rule = findings_rule(buffer_span(out));
		buffer_clear(out);
	}
	buffer_add_text(out, rule ? rule : "");
	return rule;
}

void sheet_tell(const struct sheet *s, struct buffer *out)
{
	const struct sheet_line *line = line_of(s);
	const struct answer_cell *cell;
	const char *column;

	if (line && line->kind == SHEET_FACTS)
		tell_facts(s, line, out);
	cell = sheet_cell(s, &column);
	if (!cell || tell_rule(s, out))
		return;
	sheet_name(column, out);
	buffer_add_text(out, " = ");
	if (cell->kind <= ANSWER_LIST && cell->texts == 0)
		buffer_add_text(out, "(absent)");
	answer_write(s->answer, cell, s->form, s->zone, out);
}

void sheet_write_line(const struct sheet *s, size_t i, struct buffer *out)
{
	const struct sheet_line *line = &s->line[i];

	if (line->kind == SHEET_FACTS)
		tell_facts(s, line, out);
	else if (line->kind == SHEET_TITLE)
		sheet_name(sheet_table_of(s, line->table)->name, out);
	else if (line->kind == SHEET_NOTE)
		buffer_add_span(out, line->note);
	for (size_t k = 0; line->kind == SHEET_ROW &&
	     k < sheet_table_of(s, line->table)->columns; k++) {
		buffer_add_text(out, k > 0 ? " " : "");
		sheet_text(s, line, k, out);
	}
}

static size_t findings_column(const struct sheet *s, uint32_t table)
{
	const struct answer_table *t = sheet_table_of(s, table);
	size_t i = 0;

	while (i < t->columns && strcmp(t->column[i], "findings") != 0)
		i++;
	return i;
}

bool sheet_flags(const struct sheet *s, uint32_t table)
{
	return findings_column(s, table) < sheet_table_of(s, table)->columns;
}

bool sheet_flagged(const struct sheet *s, const struct sheet_line *line)
{
	const struct answer_cell *cell;

	if (!sheet_flags(s, line->table))
		return false;
	cell = sheet_cell_of(s, line->at, findings_column(s, line->table));
	return cell->texts > 0 || cell->number > 0;
}
