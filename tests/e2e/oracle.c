/* The state machine over the output of the program under test. */
#include "oracle.h"

#include <curses.h>
#include <term.h>
#undef columns
#undef lines

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Behind the operator of a terminfo string at P, which begins with `%`. */
static const char *behind_operator(const char *p)
{
	p++;
	if (*p == '{') {
		const char *end = strchr(p, '}');

		return end ? end + 1 : p + strlen(p);
	}
	if (*p == '\'')
		return strlen(p) >= 3 ? p + 3 : p + strlen(p);
	if (*p == 'p' || *p == 'P' || *p == 'g')
		return p[1] ? p + 2 : p + 1;
	while (*p && strchr(":-+# 0123456789.", *p) && p[1] &&
	       strchr("+-# 0123456789.doxXs", p[1]))
		p++;
	return *p ? p + 1 : p;
}

/* Leaves operators and padding out, so that a form remains. */
static void skeleton(const char *text, char *out, size_t most)
{
	size_t n = 0;

	while (*text && n + 1 < most) {
		if (*text == '%' && text[1] == '%') {
			out[n++] = '%';
			text += 2;
		} else if (*text == '%') {
			text = behind_operator(text);
		} else if (text[0] == '$' && text[1] == '<' &&
			   strchr(text, '>')) {
			text = strchr(text, '>') + 1;
		} else {
			out[n++] = *text++;
		}
	}
	out[n] = '\0';
}

static bool is_final(char c)
{
	return c >= 0x40 && c <= 0x7e;
}

static bool is_intermediate(char c)
{
	return c >= 0x20 && c <= 0x2f;
}

/* The length of the escape at P, or 0 when it does not end before END. */
static size_t escape_length(const char *p, const char *end)
{
	const char *at = p + 1;

	if (at < end && *at == '[') {
		at++;
		while (at < end && !is_final(*at))
			at++;
	} else {
		while (at < end && is_intermediate(*at))
			at++;
	}
	return at < end ? (size_t)(at - p) + 1 : 0;
}

/* What is compared: parameters count only where they choose a mode. */
static void form_of(const char *escape, size_t n, char out[ORACLE_FORM])
{
	size_t length = 0;
	char final = escape[n - 1];
	bool all = escape[1] != '[' || final == 'h' || final == 'l';

	for (size_t i = 0; i < n && length + 1 < ORACLE_FORM; i++) {
		bool parameter = (escape[i] >= '0' && escape[i] <= '9') ||
				 escape[i] == ';' || escape[i] == ':';

		if (all || !parameter)
			out[length++] = escape[i];
	}
	out[length] = '\0';
}

static bool has_form(const struct oracle *o, const char *form)
{
	for (size_t i = 0; i < o->forms; i++)
		if (strcmp(o->form[i], form) == 0)
			return true;
	return false;
}

static void learn(struct oracle *o, const char *capability)
{
	char text[1024], form[ORACLE_FORM];
	const char *p = text, *end;

	skeleton(capability, text, sizeof(text));
	end = text + strlen(text);
	while (p < end) {
		size_t n = *p == '\033' ? escape_length(p, end) : 0;

		if (n > 0) {
			form_of(p, n, form);
			if (!has_form(o, form) && o->forms < ORACLE_FORMS)
				memcpy(o->form[o->forms++], form, sizeof(form));
			p += n;
			continue;
		}
		if ((unsigned char)*p < 32 && *p != '\033' && *p != '\a')
			o->control[(unsigned char)*p] = true;
		p++;
	}
}

/* Its two forms stand in one string, which only running it could tell apart. */
static void learn_mouse(struct oracle *o)
{
	const char *text = tigetstr("XM");

	if (!text || text == (char *)-1)
		return;
	learn(o, tiparm(text, 1));
	learn(o, tiparm(text, 0));
}

bool oracle_start(struct oracle *o, const char *term, bool ascii)
{
	static const char *const extended[] = {"BE", "BD", "fe", "fd"};
	int found;

	*o = (struct oracle){.ascii = ascii};
	if (setupterm(term, 1, &found) != OK)
		return false;
	for (size_t i = 0; strnames[i]; i++) {
		const char *text = tigetstr(strnames[i]);

		/* Keys are sent to the program, not by it. */
		if (text && text != (char *)-1 && strnames[i][0] != 'k')
			learn(o, text);
	}
	for (size_t i = 0; i < sizeof(extended) / sizeof(*extended); i++) {
		const char *text = tigetstr(extended[i]);

		if (text && text != (char *)-1)
			learn(o, text);
	}
	learn_mouse(o);
	del_curterm(cur_term);
	return true;
}

static void fault(struct oracle *o, const char *what, const char *bytes,
		  size_t n)
{
	size_t length;

	if (o->fault[0])
		return;
	snprintf(o->fault, sizeof(o->fault), "%s after %llu bytes:", what,
		 o->sent);
	for (size_t i = 0; i < n && i < 40; i++) {
		length = strlen(o->fault);
		snprintf(o->fault + length, sizeof(o->fault) - length, " %02x",
			 (unsigned char)bytes[i]);
	}
}

/* What a person can see and what does not move anything else. */
static bool visible(utf8proc_int32_t c)
{
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_CN:
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_CO:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
	case UTF8PROC_CATEGORY_ZS:
		return c == ' ';
	default:
		return !(c >= 0xfe00 && c <= 0xfe0f) && c != 0x115f &&
		       c != 0x1160 && c != 0x3164 && c != 0xffa0;
	}
}

static void judge_character(struct oracle *o)
{
	utf8proc_int32_t c;
	const char *bytes = (const char *)o->character;

	if (utf8proc_iterate(o->character,
			     (utf8proc_ssize_t)o->character_length, &c) !=
	    (utf8proc_ssize_t)o->character_length)
		fault(o, "not UTF-8", bytes, o->character_length);
	else if (!visible(c))
		fault(o, "nothing to be seen", bytes, o->character_length);
	else if (o->ascii && c >= 0x80)
		fault(o, "not ASCII", bytes, o->character_length);
	o->character_length = o->character_needs = 0;
}

static void read_text(struct oracle *o, char byte)
{
	unsigned char c = (unsigned char)byte;

	if (o->character_needs > 0 && (c & 0xc0) != 0x80)
		fault(o, "not UTF-8", (const char *)o->character,
		      o->character_length);
	if (c < 32) {
		if (!o->control[c] && c != '\r' && c != '\n' && c != '\b')
			fault(o, "a control character", &byte, 1);
		return;
	}
	if (o->character_needs == 0)
		o->character_needs = c < 0x80 ? 1 : c < 0xe0 ? 2
				     : c < 0xf0 ? 3 : 4;
	o->character[o->character_length++] = c;
	if (o->character_length == o->character_needs)
		judge_character(o);
}

static void read_mark(struct oracle *o)
{
	struct oracle_mark *m = &o->mark;

	if (sscanf(o->held, "\033]7770;%llu;%d;%d;%u;%31[a-z]", &m->bytes,
		   &m->rows, &m->columns, &m->continued, m->state) != 5)
		fault(o, "no mark", o->held, o->held_length);
	else
		o->marks++;
}

enum escape { ESCAPE_GOES_ON, ESCAPE_DONE, ESCAPE_MARK };

static enum escape read_escape(struct oracle *o, char byte)
{
	char form[ORACLE_FORM];

	if (o->held_length + 1 == ORACLE_HELD) {
		fault(o, "an endless escape", o->held, o->held_length);
		return ESCAPE_DONE;
	}
	o->held[o->held_length++] = byte;
	o->held[o->held_length] = '\0';
	if (o->held_length > 1 && o->held[1] == ']') {
		if (byte != '\a')
			return ESCAPE_GOES_ON;
		if (o->clipboard && sscanf(o->held, "\033]52;c;%255[^\a]",
					   o->copied) == 1)
			return ESCAPE_DONE;
		read_mark(o);
		return ESCAPE_MARK;
	}
	if (escape_length(o->held, o->held + o->held_length) == 0)
		return ESCAPE_GOES_ON;
	form_of(o->held, o->held_length, form);
	if (!has_form(o, form))
		fault(o, "an escape the terminal's description lacks", o->held,
		      o->held_length);
	return ESCAPE_DONE;
}

size_t oracle_read(struct oracle *o, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		o->sent++;
		if (o->held_length == 0 && bytes[i] != '\033') {
			read_text(o, bytes[i]);
			continue;
		}
		switch (read_escape(o, bytes[i])) {
		case ESCAPE_GOES_ON:
			break;
		case ESCAPE_DONE:
			o->held_length = 0;
			break;
		case ESCAPE_MARK:
			o->held_length = 0;
			return i + 1;
		}
	}
	return n;
}
