/* The line editor.  Owns its text and the text cut last; must not know the
 * screen, nor what a line means. */
#include "view/prompt.h"

#include "text/utf8.h"

#include <string.h>

void prompt_free(struct prompt *p)
{
	buffer_free(&p->text);
	buffer_free(&p->cut);
}

static bool continues(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

static size_t before(const struct prompt *p, size_t at)
{
	if (at == 0)
		return 0;
	at--;
	while (at > 0 && continues(p->text.p[at]))
		at--;
	return at;
}

static size_t behind(const struct prompt *p, size_t at)
{
	if (at == p->text.n)
		return at;
	at++;
	while (at < p->text.n && continues(p->text.p[at]))
		at++;
	return at;
}

/* Letters, digits, and all beyond ASCII: never the locale's opinion. */
static bool in_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static size_t word_start(const struct prompt *p, size_t at)
{
	while (at > 0 && !in_word(p->text.p[at - 1]))
		at--;
	while (at > 0 && in_word(p->text.p[at - 1]))
		at--;
	return at;
}

static size_t word_end(const struct prompt *p, size_t at)
{
	while (at < p->text.n && !in_word(p->text.p[at]))
		at++;
	while (at < p->text.n && in_word(p->text.p[at]))
		at++;
	return at;
}

/* Takes out [from, to) and leaves the cursor there. */
static void take_out(struct prompt *p, size_t from, size_t to)
{
	if (from == to)
		return;
	memmove(p->text.p + from, p->text.p + to, p->text.n - to);
	p->text.n -= to - from;
	p->cursor = from;
}

static void cut(struct prompt *p, size_t from, size_t to)
{
	if (from == to)
		return;
	buffer_clear(&p->cut);
	buffer_add(&p->cut, p->text.p + from, to - from);
	take_out(p, from, to);
}

static bool put_in(struct prompt *p, const char *bytes, size_t n)
{
	size_t tail = p->text.n - p->cursor;

	if (n == 0)
		return true;
	if (n > PROMPT_MOST - p->text.n)
		return false;
	buffer_room(&p->text, n);
	memmove(p->text.p + p->cursor + n, p->text.p + p->cursor, tail);
	memcpy(p->text.p + p->cursor, bytes, n);
	p->text.n += n;
	p->cursor += n;
	return true;
}

bool prompt_type(struct prompt *p, uint32_t character)
{
	char bytes[4];

	/* C1 controls never come from a keyboard on purpose. */
	if (character < ' ' || (character >= 0x7f && character < 0xa0))
		return false;
	return put_in(p, bytes, utf8_encode(character, bytes));
}

bool prompt_paste(struct prompt *p, struct span text)
{
	const char *at = text.p, *end;
	bool all = true;

	if (text.n == 0)
		return true;
	end = text.p + text.n;
	while (at < end) {
		struct utf8_char c = utf8_decode(at, end);

		at += c.length;
		if (c.kind != UTF8_SCALAR) {
			all = false;
		} else if (c.code == '\r') {
			if (at == end || *at != '\n')
				all &= put_in(p, " ", 1);
		} else if (c.code == '\n' || c.code == '\t') {
			all &= put_in(p, " ", 1);
		} else {
			all &= prompt_type(p, c.code);
		}
	}
	return all;
}

void prompt_set(struct prompt *p, struct span text)
{
	buffer_clear(&p->text);
	p->cursor = 0;
	prompt_paste(p, text);
}

void prompt_left(struct prompt *p)
{
	p->cursor = before(p, p->cursor);
}

void prompt_right(struct prompt *p)
{
	p->cursor = behind(p, p->cursor);
}

void prompt_word_left(struct prompt *p)
{
	p->cursor = word_start(p, p->cursor);
}

void prompt_word_right(struct prompt *p)
{
	p->cursor = word_end(p, p->cursor);
}

void prompt_start(struct prompt *p)
{
	p->cursor = 0;
}

void prompt_end(struct prompt *p)
{
	p->cursor = p->text.n;
}

void prompt_erase(struct prompt *p)
{
	take_out(p, before(p, p->cursor), p->cursor);
}

void prompt_erase_next(struct prompt *p)
{
	take_out(p, p->cursor, behind(p, p->cursor));
}

void prompt_cut_word(struct prompt *p)
{
	size_t from = p->cursor;

	while (from > 0 && p->text.p[from - 1] == ' ')
		from--;
	while (from > 0 && p->text.p[from - 1] != ' ')
		from--;
	cut(p, from, p->cursor);
}

void prompt_cut_last_word(struct prompt *p)
{
	cut(p, word_start(p, p->cursor), p->cursor);
}

void prompt_cut_next_word(struct prompt *p)
{
	cut(p, p->cursor, word_end(p, p->cursor));
}

void prompt_cut_start(struct prompt *p)
{
	cut(p, 0, p->cursor);
}

void prompt_cut_end(struct prompt *p)
{
	cut(p, p->cursor, p->text.n);
}

void prompt_put(struct prompt *p)
{
	put_in(p, p->cut.p, p->cut.n);
}

void prompt_swap(struct prompt *p)
{
	size_t at = p->cursor < p->text.n ? p->cursor : before(p, p->cursor);
	size_t from = before(p, at), end = behind(p, at);
	char first[4];

	if (from == at)
		return;
	memcpy(first, p->text.p + from, at - from);
	memmove(p->text.p + from, p->text.p + at, end - at);
	memcpy(p->text.p + from + (end - at), first, at - from);
	p->cursor = end;
}

void prompt_replace(struct prompt *p, size_t from, struct span text)
{
	take_out(p, from, p->cursor);
	prompt_paste(p, text);
}
