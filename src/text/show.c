/* Owns what may be shown and how wide it is.  Raw bytes flow in, cells flow
 * out.  Knows no terminal and no locale, and nothing of what the text means. */
#include "text/show.h"

#include "text/utf8.h"

#include <utf8proc.h>

/* Marks that a base keeps: more of them climb over other lines, or take a
 * terminal down. */
enum { MARKS = 2 };

/* The most bytes that one column can stand for: a base and its marks. */
enum { COLUMN_BYTES = 4 * (1 + MARKS) };

enum part { HEAD, TAIL, WHOLE };

enum look {
	VISIBLE,
	LEADING,  /* a leading consonant of Hangul: takes what TRAILS */
	TRAILING, /* a vowel or final consonant that a terminal puts into the
		     leading one's columns */
	MARK,
	HIDDEN
};

struct range {
	uint32_t first, last;
};

static bool in_ranges(const struct range *r, size_t n, uint32_t code)
{
	for (size_t i = 0; i < n; i++)
		if (code >= r[i].first && code <= r[i].last)
			return true;
	return false;
}

/* Assigned and graphic, but not to be trusted with a cell. */
static bool doubtful(uint32_t code)
{
	static const struct range ranges[] = {
		/* blank, or a stand-in for what is not text */
		{0x2800, 0x2800}, {0xFFFC, 0xFFFC}, {0x1D159, 0x1D159},
		/* one column or two, by version of Unicode or by library */
		{0x2630, 0x2637}, {0x268A, 0x268F}, {0x3248, 0x324F},
		{0x4DC0, 0x4DFF}, {0x1D300, 0x1D376},
		/* flags and skin tones: some terminals join them to what
		   stands before */
		{0x1F1E6, 0x1F1FF}, {0x1F3FB, 0x1F3FF},
	};

	return in_ranges(ranges, sizeof ranges / sizeof *ranges, code);
}

static bool hangul_leading(uint32_t code)
{
	return (code >= 0x1100 && code <= 0x115E) ||
	       (code >= 0xA960 && code <= 0xA97C);
}

static bool hangul_trailing(uint32_t code)
{
	return (code >= 0x1161 && code <= 0x11FF) ||
	       (code >= 0xD7B0 && code <= 0xD7FB);
}

/* What a code point above 7F looks like, and its columns. */
static enum look look_at(uint32_t code, uint8_t *width)
{
	const utf8proc_property_t *property =
		utf8proc_get_property((utf8proc_int32_t)code);
	int columns = utf8proc_charwidth((utf8proc_int32_t)code);

	if (property->ignorable || doubtful(code))
		return HIDDEN;
	switch (property->category) {
	case UTF8PROC_CATEGORY_CN:
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CO:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
	case UTF8PROC_CATEGORY_ZS:
		return HIDDEN;
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_ME:
		return MARK;
	case UTF8PROC_CATEGORY_MC:
		/* utf8proc has none, terminals have a column for them */
		columns = columns == 0 ? 1 : columns;
		break;
	}
	*width = (uint8_t)columns;
	if (hangul_trailing(code))
		return TRAILING;
	if (hangul_leading(code))
		return LEADING;
	return columns > 0 ? VISIBLE : HIDDEN;
}

static bool more(const struct show_walk *w, const struct show *s)
{
	return w->escape_at < w->escape_length ||
	       w->next < s->raw.p + s->raw.n;
}

static void put_hex(char *p, uint32_t value, size_t digits)
{
	for (size_t i = digits; i-- > 0; value >>= 4)
		p[i] = "0123456789abcdef"[value & 15];
}

/* Spells out the character at W->next, which is C. */
static void begin_escape(struct show_walk *w, struct utf8_char c)
{
	char *e = w->escape;
	size_t digits = 0;

	w->from = w->next;
	w->next += c.length;
	w->to = w->next;
	e[0] = '\\';
	if (c.kind == UTF8_INVALID) {
		e[1] = 'x';
		digits = 2;
	} else if (c.code == '\n' || c.code == '\r' || c.code == '\t') {
		e[1] = c.code == '\n' ? 'n' : c.code == '\r' ? 'r' : 't';
	} else {
		e[1] = c.code > 0xFFFF ? 'U' : 'u';
		digits = c.code > 0xFFFF ? 8 : 4;
	}
	put_hex(e + 2, c.code, digits);
	w->escape_at = 0;
	w->escape_length = (uint8_t)(2 + digits);
}

static void set_cell(const struct show *s, struct show_cell *cell,
		     const char *from, const char *to)
{
	cell->from = (size_t)(from - s->raw.p);
	cell->to = (size_t)(to - s->raw.p);
}

static void put_text(struct show_cell *cell, const char *p, size_t n,
		     unsigned width, enum show_kind kind)
{
	memcpy(cell->text, p, n);
	cell->text[n] = '\0';
	cell->length = (uint8_t)n;
	cell->width = (uint8_t)width;
	cell->kind = (uint8_t)kind;
}

static void next_piece(const struct show *s, struct show_walk *w,
		       struct show_cell *cell)
{
	put_text(cell, w->escape + w->escape_at++, 1, 1, SHOW_ESCAPE);
	set_cell(s, cell, w->from, w->to);
}

/* The end of a cell whose base, of look BASE, ends at P. */
static const char *take_marks(const char *p, const char *end, enum look base)
{
	uint8_t width;

	for (int i = 0; i < MARKS && p < end && (*p & 0x80); i++) {
		struct utf8_char c = utf8_decode(p, end);
		enum look look;

		if (c.kind != UTF8_SCALAR)
			break;
		look = look_at(c.code, &width);
		if (look != MARK && (look != TRAILING || base != LEADING))
			break;
		p += c.length;
	}
	return p;
}

/* The next cell of a walk that has one. */
static void walk_on(const struct show *s, struct show_walk *w,
		    struct show_cell *cell)
{
	const char *end = s->raw.p + s->raw.n;
	const char *p = w->next;
	struct utf8_char c;
	enum look look = VISIBLE;
	uint8_t width = 1;

	if (w->escape_at < w->escape_length) {
		next_piece(s, w, cell);
		return;
	}
	c = utf8_decode(p, end);
	if (c.kind != UTF8_SCALAR || c.code < 0x20 || c.code == 0x7F)
		look = HIDDEN;
	else if (c.code > 0x7F)
		look = s->set == SHOW_ASCII ? HIDDEN : look_at(c.code, &width);
	if (look != VISIBLE && look != LEADING) {
		begin_escape(w, c);
		next_piece(s, w, cell);
		return;
	}
	w->next = p + c.length;
	if (s->set == SHOW_UNICODE && c.code != ' ')
		w->next = take_marks(w->next, end, look);
	put_text(cell, p, (size_t)(w->next - p), width, SHOW_PLAIN);
	set_cell(s, cell, p, w->next);
}

void show_start(struct show *s, struct span raw, enum show_set set)
{
	if (raw.n == 0)
		raw = SPAN("");
	*s = (struct show){.raw = raw, .set = set, .part = WHOLE};
	s->head.next = raw.p;
}

/* Where a walk may begin so that the last COLUMNS of it are those of a walk
 * from the start.  Before them lie room for a character that would be met in
 * its middle and for the marks of a base that is not seen. */
static const char *tail_start(struct span raw, size_t columns)
{
	size_t n = columns < raw.n ? (columns + 3) * COLUMN_BYTES : raw.n;

	return raw.p + (n < raw.n ? raw.n - n : 0);
}

/* Sets the tail to its last COLUMNS. */
static void find_tail(struct show *s, size_t columns)
{
	struct show_walk w = {.next = tail_start(s->raw, columns)};
	struct show_cell cell;
	size_t width = 0;

	s->tail = w;
	while (more(&w, s)) {
		walk_on(s, &w, &cell);
		width += cell.width;
	}
	for (; width > columns; width -= cell.width)
		walk_on(s, &s->tail, &cell);
}

void show_start_cut(struct show *s, struct span raw, enum show_set set,
		    enum show_cut cut, size_t columns)
{
	size_t tail = 0;

	show_start(s, columns ? raw : SPAN(""), set);
	if (show_width(s->raw, set, columns) <= columns)
		return;
	s->part = HEAD;
	if (cut == SHOW_TAIL)
		tail = columns - 1;
	else if (cut == SHOW_MIDDLE)
		tail = (columns - 1) / 2;
	s->head_columns = columns - 1 - tail;
	s->tail.next = s->raw.p + s->raw.n;
	if (tail)
		find_tail(s, tail);
}

/* Between head and tail. */
static void next_ellipsis(struct show *s, struct show_cell *cell)
{
	const struct show_walk *h = &s->head;
	const struct show_walk *t = &s->tail;

	if (s->set == SHOW_ASCII)
		put_text(cell, "~", 1, 1, SHOW_ELLIPSIS);
	else
		put_text(cell, "\u2026", 3, 1, SHOW_ELLIPSIS);
	set_cell(s, cell, h->escape_at < h->escape_length ? h->from : h->next,
		 t->escape_at < t->escape_length ? t->to : t->next);
	s->part = TAIL;
}

bool show_next(struct show *s, struct show_cell *cell)
{
	struct show_walk before;

	switch (s->part) {
	case HEAD:
		before = s->head;
		walk_on(s, &s->head, cell);
		if (cell->width <= s->head_columns) {
			s->head_columns -= cell->width;
			return true;
		}
		s->head = before;
		next_ellipsis(s, cell);
		return true;
	case TAIL:
		if (!more(&s->tail, s))
			return false;
		walk_on(s, &s->tail, cell);
		return true;
	default:
		if (!more(&s->head, s))
			return false;
		walk_on(s, &s->head, cell);
		return true;
	}
}

size_t show_width(struct span raw, enum show_set set, size_t limit)
{
	struct show s;
	struct show_cell cell;
	size_t width = 0;

	show_start(&s, raw, set);
	while (width <= limit && show_next(&s, &cell))
		width += cell.width;
	return width;
}

/* Returns the columns written. */
static size_t write_cells(struct show *s, struct buffer *out)
{
	struct show_cell cell;
	size_t width = 0;

	while (show_next(s, &cell)) {
		buffer_add(out, cell.text, cell.length);
		width += cell.width;
	}
	return width;
}

void show_write(struct span raw, enum show_set set, struct buffer *out)
{
	struct show s;

	show_start(&s, raw, set);
	write_cells(&s, out);
}

void show_write_fitted(struct span raw, enum show_set set, enum show_cut cut,
		       size_t columns, struct buffer *out)
{
	struct show s;
	size_t width;

	show_start_cut(&s, raw, set, cut, columns);
	for (width = write_cells(&s, out); width < columns; width++)
		buffer_add_byte(out, ' ');
}

bool show_is_plain(struct span raw)
{
	struct show s;
	struct show_cell cell;

	show_start(&s, raw, SHOW_UNICODE);
	while (show_next(&s, &cell))
		if (cell.kind != SHOW_PLAIN)
			return false;
	return true;
}

const char *show_version(void)
{
	return utf8proc_version();
}
