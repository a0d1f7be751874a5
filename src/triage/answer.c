/* Owns the arrays of an overview that is being put together.  Knows nothing of
 * what it says. */
#include "triage/answer.h"

#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { FACTS, TABLES, ROWS, CELLS, TEXTS };
enum {
	INDENT = 2,             /* columns a level */
	LEVELS = 64             /* that are told apart by it */
};

struct answer *answer_new(const char *name)
{
	struct answer *a = memory_clear(1, sizeof *a);

	a->name = name;
	return a;
}

void answer_free(struct answer *a)
{
	if (!a)
		return;
	free(a->fact);
	free(a->table);
	free(a->row);
	free(a->cell);
	free(a->end);
	buffer_free(&a->bytes);
	buffer_free(&a->notes);
	free(a);
}

static void *room(struct answer *a, int which, void *array, size_t count,
		  size_t size)
{
	if (count < a->room[which])
		return array;
	a->room[which] = memory_grown(a->room[which], count + 1, size);
	return memory_resize(array, a->room[which], size);
}

void answer_fact(struct answer *a, const char *name)
{
	a->fact = room(a, FACTS, a->fact, a->facts, sizeof *a->fact);
	a->fact[a->facts++] = (struct answer_fact){name, a->cells};
}

void answer_table(struct answer *a, const char *name,
		  const char *const *column, size_t columns)
{
	a->table = room(a, TABLES, a->table, a->tables, sizeof *a->table);
	a->table[a->tables++] = (struct answer_table){
		.name = name, .column = column, .columns = columns,
		.row = a->rows};
}

void answer_tree(struct answer *a)
{
	a->table[a->tables - 1].tree = true;
}

void answer_row(struct answer *a, uint32_t depth, struct store_event event)
{
	a->row = room(a, ROWS, a->row, a->rows, sizeof *a->row);
	a->row[a->rows++] = (struct answer_row){a->cells, depth, event};
	a->table[a->tables - 1].rows++;
}

/* A session opens the next without end: what is deeper stands no further to the
 * right, or rows would grow with the square of their number. */
size_t answer_indent(const struct answer_row *row)
{
	return INDENT * (size_t)(row->depth < LEVELS ? row->depth : LEVELS);
}

static struct answer_cell *add_cell(struct answer *a, enum answer_kind kind)
{
	a->cell = room(a, CELLS, a->cell, a->cells, sizeof *a->cell);
	a->cell[a->cells] = (struct answer_cell){
		.kind = (uint8_t)kind, .text = a->texts};
	return &a->cell[a->cells++];
}

void answer_none(struct answer *a)
{
	add_cell(a, ANSWER_NONE);
}

void answer_item(struct answer *a, struct span text)
{
	buffer_add_span(&a->bytes, text);
	a->end = room(a, TEXTS, a->end, a->texts, sizeof *a->end);
	a->end[a->texts++] = a->bytes.n;
	a->cell[a->cells - 1].texts++;
}

void answer_span(struct answer *a, struct span text)
{
	add_cell(a, text.n > 0 ? ANSWER_TEXT : ANSWER_NONE);
	if (text.n > 0)
		answer_item(a, text);
}

void answer_count(struct answer *a, uint64_t count)
{
	add_cell(a, ANSWER_COUNT)->number = (int64_t)count;
}

void answer_time(struct answer *a, int64_t time, bool tied)
{
	struct answer_cell *cell;

	if (time == SEGMENT_NO_TIME) {
		answer_none(a);
		return;
	}
	cell = add_cell(a, ANSWER_TIME);
	cell->number = time;
	cell->tied = tied;
}

void answer_list(struct answer *a)
{
	add_cell(a, ANSWER_LIST);
}

void answer_note(struct answer *a, const char *format, ...)
{
	char line[1024];
	va_list list;

	va_start(list, format);
	vsnprintf(line, sizeof line, format, list);
	va_end(list);
	buffer_add_text(&a->notes, line);
	buffer_add_byte(&a->notes, '\n');
}

struct span answer_text(const struct answer *a, const struct answer_cell *cell,
			uint32_t i)
{
	size_t at = cell->text + i;
	size_t from = at ? a->end[at - 1] : 0;

	return (struct span){a->bytes.p + from, a->end[at] - from};
}

void answer_write(const struct answer *a, const struct answer_cell *cell,
		  enum stamp_form form, enum stamp_zone zone,
		  struct buffer *out)
{
	char time[STAMP_ROOM];

	switch (cell->kind) {
	case ANSWER_TEXT:
	case ANSWER_LIST:
		for (uint32_t i = 0; i < cell->texts; i++) {
			buffer_add_text(out, i > 0 ? ", " : "");
			buffer_add_span(out, answer_text(a, cell, i));
		}
		break;
	case ANSWER_COUNT:
		buffer_printf(out, "%lld", (long long)cell->number);
		break;
	case ANSWER_TIME:
		buffer_add(out, time, stamp_format(cell->number, form, zone,
						   time));
		buffer_add_text(out, cell->tied ? "~" : "");
		break;
	default:
		break;
	}
}

bool answer_next_note(const struct answer *a, size_t *at, struct span *note)
{
	struct span rest = span_from(buffer_span(&a->notes), *at);
	const char *end = rest.n ? memchr(rest.p, '\n', rest.n) : NULL;

	if (!end)
		return false;
	*note = (struct span){rest.p, (size_t)(end - rest.p)};
	*at += note->n + 1;
	return true;
}
