/* Owns the wording around errors.  Writes nowhere: main does. */
#include "messages.h"

enum { MESSAGES_BEFORE = 40, MESSAGES_WIDTH = 72 };

static void add_line(struct buffer *out, enum show_set set, const char *where,
		     const struct error *err)
{
	show_write(span_of(where), set, out);
	if (err->line)
		buffer_printf(out, ":%llu:%llu",
			      (unsigned long long)err->line,
			      (unsigned long long)err->column);
	buffer_add_text(out, ": ");
	show_write(span_of(err->text), set, out);
	buffer_add_byte(out, '\n');
}

static void add_hint(struct buffer *out, enum show_set set,
		     const struct error *err)
{
	if (!err->hint[0])
		return;
	buffer_add_text(out, "    hint: ");
	show_write(span_of(err->hint), set, out);
	buffer_add_byte(out, '\n');
}

/* AT, or where the character begins that it lies in. */
static size_t character_at(struct span text, size_t at)
{
	if (at >= text.n)
		return text.n;
	while (at > 0 && (text.p[at] & 0xc0) == 0x80)
		at--;
	return at;
}

/* LINE with a caret under its byte AT. */
static void add_caret(struct buffer *out, enum show_set set, struct span line,
		      size_t at)
{
	struct span before = {line.p, character_at(line, at)};

	buffer_add_text(out, "    ");
	show_write(line, set, out);
	buffer_printf(out, "\n    %*s^\n",
		      (int)show_width(before, set, 1000), "");
}

void messages_error(struct buffer *out, enum show_set set, const char *where,
		    const struct error *err)
{
	add_line(out, set, where, err);
	add_hint(out, set, err);
}

void messages_text_error(struct buffer *out, enum show_set set,
			 const char *where, struct span text,
			 const struct error *err)
{
	size_t at = err->column - 1 < text.n ? (size_t)err->column - 1
					     : text.n;
	size_t from = at > MESSAGES_BEFORE ? at - MESSAGES_BEFORE : 0;
	struct span line;

	add_line(out, set, where, err);
	if (err->line) {
		from = character_at(text, from);
		line = span_from(text, from);
		if (line.n > MESSAGES_WIDTH)
			line.n = MESSAGES_WIDTH;
		add_caret(out, set, line, at - from);
	}
	add_hint(out, set, err);
}

void messages_problem(struct buffer *out, enum show_set set, const char *file,
		      const struct store_problem *problem)
{
	add_line(out, set, file, &problem->error);
	if (problem->excerpt && *problem->excerpt)
		add_caret(out, set, span_of(problem->excerpt),
			  problem->caret);
	add_hint(out, set, &problem->error);
}

void messages_last(struct buffer *out, const struct store_counts *counts,
		   uint64_t undecided)
{
	buffer_printf(out, "%llu events of %llu files, %llu problems, "
		      "%llu undecided\n",
		      (unsigned long long)counts->events,
		      (unsigned long long)counts->files,
		      (unsigned long long)counts->problems,
		      (unsigned long long)undecided);
}
