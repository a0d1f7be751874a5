/* Owns the quotes of sh (POSIX, Shell Command Language, 2.2). */
#include "write/command.h"

static bool is_safe(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (c && strchr("_-./=:,+@%^", c));
}

static void add_word(struct span word, struct buffer *out)
{
	size_t safe = 0;

	buffer_add_byte(out, ' ');
	while (safe < word.n && is_safe(word.p[safe]))
		safe++;
	if (word.n > 0 && safe == word.n) {
		buffer_add_span(out, word);
		return;
	}
	buffer_add_byte(out, '\'');
	for (size_t i = 0; i < word.n; i++) {
		if (word.p[i] == '\'')
			buffer_add_text(out, "'\\'");
		buffer_add_byte(out, word.p[i]);
	}
	buffer_add_byte(out, '\'');
}

static void add_option(const char *name, struct span value, struct buffer *out)
{
	if (value.n == 0)
		return;
	buffer_add_text(out, name);
	add_word(value, out);
}

void command_write(const struct command *c, const struct command_view *view,
		   struct buffer *out)
{
	bool dashes = false;

	buffer_add_text(out, "acmtui");
	for (size_t i = 0; i < c->options; i++)
		add_word(span_of(c->option[i]), out);
	add_option(" -f", view->filter, out);
	add_option(" -s", view->order, out);
	add_option(" -c", view->columns, out);
	for (size_t i = 0; i < c->paths; i++)
		dashes |= c->path[i][0] == '-' && c->path[i][1];
	if (dashes)
		buffer_add_text(out, " --");
	for (size_t i = 0; i < c->paths; i++)
		add_word(span_of(c->path[i]), out);
}
