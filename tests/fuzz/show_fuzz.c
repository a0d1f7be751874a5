/* Any bytes, shown: every cell is safe and has its width, nothing is left out,
 * a cut keeps the ends it promises.  The same bytes as a time: what is
 * understood is written and read as the same time. */
#include "text/show.h"
#include "text/stamp.h"
#include "text/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <utf8proc.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(condition) \
	((condition) ? (void)0 : broken(#condition, __LINE__))

static _Noreturn void broken(const char *condition, int line)
{
	fprintf(stderr, "line %d: not so: %s\n", line, condition);
	abort();
}

static bool graphic(uint32_t code)
{
	switch (utf8proc_category((utf8proc_int32_t)code)) {
	case UTF8PROC_CATEGORY_CN: case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF: case UTF8PROC_CATEGORY_CO:
	case UTF8PROC_CATEGORY_CS: case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP: case UTF8PROC_CATEGORY_ZS:
		return code == ' ';
	default:
		return true;
	}
}

static void check_cell(const struct show_cell *cell, enum show_set set)
{
	const char *p = cell->text;
	const char *end = p + cell->length;
	struct utf8_char c;
	int characters = 0;

	MUST(cell->length >= 1 && cell->length <= SHOW_BYTES && !*end);
	MUST(cell->width == 1 || cell->width == 2);
	for (; p < end; p += c.length) {
		c = utf8_decode(p, end);
		MUST(c.kind == UTF8_SCALAR && graphic(c.code));
		MUST(set == SHOW_UNICODE || c.code < 0x7F);
		characters++;
	}
	MUST(characters <= 3);
}

static size_t check_all(struct span raw, enum show_set set,
			struct buffer *out)
{
	struct show s;
	struct show_cell cell;
	size_t width = 0, at = 0;

	buffer_clear(out);
	show_start(&s, raw, set);
	while (show_next(&s, &cell)) {
		check_cell(&cell, set);
		MUST(cell.from == at || cell.to == at);
		MUST(cell.kind != SHOW_ELLIPSIS);
		at = cell.to;
		width += cell.width;
		buffer_add(out, cell.text, cell.length);
	}
	MUST(at == raw.n);
	MUST(show_width(raw, set, SIZE_MAX) == width);
	return width;
}

static void check_cut(struct span raw, enum show_set set, enum show_cut cut,
		      size_t columns, size_t full, struct span all)
{
	struct show s;
	struct show_cell cell;
	struct buffer part[2] = {{0}, {0}};
	size_t width = 0;
	int ellipses = 0;

	show_start_cut(&s, raw, set, cut, columns);
	while (show_next(&s, &cell)) {
		check_cell(&cell, set);
		width += cell.width;
		if (cell.kind == SHOW_ELLIPSIS)
			ellipses++;
		else
			buffer_add(&part[ellipses], cell.text, cell.length);
		MUST(ellipses <= 1);
	}
	MUST(width <= columns);
	MUST(ellipses == (full > columns && columns > 0));
	if (columns == 0)
		return;
	MUST(span_starts(all, buffer_span(&part[0])));
	MUST(span_ends(all, buffer_span(&part[1])));
	MUST(ellipses ? width + 3 > columns : width == full);
	buffer_free(&part[0]);
	buffer_free(&part[1]);
}

static void check_time(struct span text)
{
	char out[STAMP_ROOM];
	int64_t time = stamp_parse(text), from, to;
	struct error err;

	if (stamp_range(text, &from, &to, &err))
		MUST(from < to && (time == STAMP_NONE || time == from));
	else
		MUST(time == STAMP_NONE && err.text[0]);
	if (time == STAMP_NONE)
		time = stamp_parse_number(text);
	if (time == STAMP_NONE)
		return;
	MUST(stamp_format(time, STAMP_ISO, STAMP_UTC, out) < STAMP_ROOM);
	MUST(stamp_parse(span_of(out)) == time);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span raw = {(const char *)data, size};
	struct buffer all = {0};

	for (int set = SHOW_UNICODE; set <= SHOW_ASCII; set++) {
		size_t full = check_all(raw, (enum show_set)set, &all);

		for (int cut = SHOW_END; cut <= SHOW_TAIL; cut++)
			for (size_t columns = 0; columns < 12; columns++)
				check_cut(raw, (enum show_set)set,
					  (enum show_cut)cut, columns, full,
					  buffer_span(&all));
	}
	check_time(raw);
	buffer_free(&all);
	return 0;
}
