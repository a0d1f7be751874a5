/* The decoder of keys: ECMA-48 sequences as xterm and its like send them, and
 * those a terminal's own description adds.  Knows no terminal and no clock. */
#include "screen/input.h"

#include "text/utf8.h"
#include "view/keys.h"

#include <string.h>

#define PASTE_END "\033[201~"

enum taken {
	TAKEN_KEY,
	TAKEN_NOTHING,          /* bytes were swallowed */
	TAKEN_PASTE_START,
	TAKEN_AWAY,
	TAKEN_MOUSE,
	TAKEN_SHORT             /* more bytes may follow */
};

/* What lies before us. */
static struct span rest(const struct input *in)
{
	return span_from((struct span){in->bytes.p, in->bytes.n}, in->at);
}

static void learn(struct input *in, const char *bytes, uint32_t key)
{
	size_t n = bytes ? strlen(bytes) : 0;

	if (n < 2 || n > INPUT_SEQUENCE || in->known_count == INPUT_SEQUENCES)
		return;
	in->known[in->known_count].n = n;
	in->known[in->known_count].key = key;
	memcpy(in->known[in->known_count].bytes, bytes, n);
	in->known_count++;
}

void input_learn(struct input *in, const char *(*capability)(const char *))
{
	static const struct {
		const char *name;
		uint32_t key;
	} keys[] = {
		{"kcuu1", KEYS_UP}, {"kcud1", KEYS_DOWN},
		{"kcub1", KEYS_LEFT}, {"kcuf1", KEYS_RIGHT},
		{"khome", KEYS_HOME}, {"kend", KEYS_END},
		{"kpp", KEYS_PAGE_UP}, {"knp", KEYS_PAGE_DOWN},
		{"kich1", KEYS_INSERT}, {"kdch1", KEYS_DELETE},
		{"kcbt", KEYS_BACK_TAB},
		{"kf1", KEYS_F1}, {"kf2", KEYS_F1 + 1}, {"kf3", KEYS_F1 + 2},
		{"kf4", KEYS_F1 + 3}, {"kf5", KEYS_F1 + 4},
		{"kf6", KEYS_F1 + 5}, {"kf7", KEYS_F1 + 6},
		{"kf8", KEYS_F1 + 7}, {"kf9", KEYS_F1 + 8},
		{"kf10", KEYS_F1 + 9}, {"kf11", KEYS_F1 + 10},
		{"kf12", KEYS_F12},
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		learn(in, capability(keys[i].name), keys[i].key);
}

void input_feed(struct input *in, struct span bytes)
{
	if (in->at == in->bytes.n) {
		in->at = 0;
		buffer_clear(&in->bytes);
	}
	buffer_add_span(&in->bytes, bytes);
}

void input_free(struct input *in)
{
	buffer_free(&in->bytes);
	buffer_wipe(&in->paste);
}

bool input_waiting(const struct input *in)
{
	return in->at < in->bytes.n || in->pasting;
}

static uint32_t letter_key(char letter)
{
	switch (letter) {
	case 'A': return KEYS_UP;
	case 'B': return KEYS_DOWN;
	case 'C': return KEYS_RIGHT;
	case 'D': return KEYS_LEFT;
	case 'F': return KEYS_END;
	case 'H': return KEYS_HOME;
	case 'Z': return KEYS_BACK_TAB;
	case 'P': return KEYS_F1;
	case 'Q': return KEYS_F1 + 1;
	case 'R': return KEYS_F1 + 2;
	case 'S': return KEYS_F1 + 3;
	default: return 0;
	}
}

/* `CSI N ~`: the numbers of DEC and xterm. */
static uint32_t number_key(unsigned number)
{
	static const uint32_t keys[] = {
		[1] = KEYS_HOME, [2] = KEYS_INSERT, [3] = KEYS_DELETE,
		[4] = KEYS_END, [5] = KEYS_PAGE_UP, [6] = KEYS_PAGE_DOWN,
		[7] = KEYS_HOME, [8] = KEYS_END,
		[11] = KEYS_F1, [12] = KEYS_F1 + 1, [13] = KEYS_F1 + 2,
		[14] = KEYS_F1 + 3, [15] = KEYS_F1 + 4, [17] = KEYS_F1 + 5,
		[18] = KEYS_F1 + 6, [19] = KEYS_F1 + 7, [20] = KEYS_F1 + 8,
		[21] = KEYS_F1 + 9, [23] = KEYS_F1 + 10, [24] = KEYS_F12,
	};

	return number < sizeof(keys) / sizeof(keys[0]) ? keys[number] : 0;
}

/* Two numbers at most; any other form is no key. */
static bool numbers(struct span text, unsigned number[2])
{
	size_t which = 0;

	number[0] = number[1] = 0;
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == ';' && which == 0)
			which = 1;
		else if (text.p[i] >= '0' && text.p[i] <= '9' &&
			 number[which] < 1000)
			number[which] = number[which] * 10 +
					(unsigned)(text.p[i] - '0');
		else
			return false;
	}
	return true;
}

/* xterm's modifier is 1 + shift 1 + alt 2 + control 4. */
static uint32_t modified(uint32_t key, unsigned modifier)
{
	if (key && modifier > 1 && ((modifier - 1) & 2))
		key |= KEYS_ALT;
	if (key && modifier > 1 && ((modifier - 1) & 4))
		key |= KEYS_CTRL;
	return key;
}

/* PARAMETERS and FINAL of `ESC [ … final`. */
static enum taken control_sequence(struct span parameters, char final,
				   uint32_t *key)
{
	unsigned number[2];

	if (!numbers(parameters, number))
		return TAKEN_NOTHING;
	if (final == '~' && number[0] == 200)
		return TAKEN_PASTE_START;
	if (final == 'O' && parameters.n == 0)
		return TAKEN_AWAY;
	*key = modified(final == '~' ? number_key(number[0])
				     : letter_key(final), number[1]);
	return *key ? TAKEN_KEY : TAKEN_NOTHING;
}

/* BUTTON as xterm tells it: 0 the first, 64 and 65 the wheel; modifiers, moves
 * and other buttons are nothing here. */
static enum taken mouse(struct input *in, unsigned button, unsigned column,
			unsigned row)
{
	enum input_mouse_kind kind = INPUT_CLICK;

	if (button == 64 || button == 65)
		kind = button == 64 ? INPUT_WHEEL_UP : INPUT_WHEEL_DOWN;
	else if (button != 0)
		return TAKEN_NOTHING;
	if (row == 0 || column == 0)
		return TAKEN_NOTHING;
	in->mouse = (struct input_mouse){kind, (int)row - 1, (int)column - 1};
	return TAKEN_MOUSE;
}

/* `CSI < BUTTON ; COLUMN ; ROW M`, with `m` when it is let go. */
static enum taken mouse_report(struct input *in, struct span parameters,
			       char final)
{
	unsigned number[3] = {0};
	size_t which = 0;

	for (size_t i = 1; i < parameters.n; i++) {
		char c = parameters.p[i];

		if (c == ';' && which < 2)
			which++;
		else if (c >= '0' && c <= '9' && number[which] < 10000)
			number[which] = number[which] * 10 +
					(unsigned)(c - '0');
		else
			return TAKEN_NOTHING;
	}
	return final == 'M' ? mouse(in, number[0], number[1], number[2])
			    : TAKEN_NOTHING;
}

/* `CSI M` and three bytes, each 32 more than what it tells. */
static enum taken old_mouse_report(struct input *in, bool late)
{
	struct span s = rest(in);
	unsigned char three[3];

	if (s.n < 6) {
		in->at += late ? s.n : 0;
		return late ? TAKEN_NOTHING : TAKEN_SHORT;
	}
	memcpy(three, s.p + 3, sizeof three);
	in->at += 6;
	for (size_t i = 0; i < sizeof three; i++)
		if (three[i] < ' ')
			return TAKEN_NOTHING;
	return mouse(in, three[0] - 32u, three[1] - 32u, three[2] - 32u);
}

static enum taken take_csi(struct input *in, bool late, uint32_t *key)
{
	struct span s = rest(in);
	size_t i = 2;

	while (i < s.n && s.p[i] >= 0x20 && s.p[i] < 0x40)
		i++;
	if (i == s.n) {
		if (!late)
			return TAKEN_SHORT;
		in->at += i;
		*key = '[' | KEYS_ALT;
		return i == 2 ? TAKEN_KEY : TAKEN_NOTHING;
	}
	/* A control or a byte beyond ASCII breaks the sequence off. */
	if (s.p[i] < 0x40 || s.p[i] == 0x7f) {
		in->at += i;
		return TAKEN_NOTHING;
	}
	if (i == 2 && s.p[i] == 'M')
		return old_mouse_report(in, late);
	in->at += i + 1;
	if (s.p[2] == '<')
		return mouse_report(in, (struct span){s.p + 2, i - 2}, s.p[i]);
	return control_sequence((struct span){s.p + 2, i - 2}, s.p[i], key);
}

static enum taken take_ss3(struct input *in, bool late, uint32_t *key)
{
	struct span s = rest(in);

	if (s.n == 2 && !late)
		return TAKEN_SHORT;
	if (s.n == 2) {
		in->at += 2;
		*key = 'O' | KEYS_ALT;
		return TAKEN_KEY;
	}
	in->at += 3;
	*key = letter_key(s.p[2]);
	return *key ? TAKEN_KEY : TAKEN_NOTHING;
}

/* DCS, OSC, SOS, PM, APC: an answer of the terminal, up to BEL or ST. */
static enum taken take_string(struct input *in, bool late, uint32_t *key)
{
	struct span s = rest(in);

	for (size_t i = 2; i < s.n; i++) {
		if (s.p[i] == '\a' || s.p[i] == 0x18 || s.p[i] == 0x1a) {
			in->at += i + 1;
			return TAKEN_NOTHING;
		}
		if (s.p[i] == '\033' && i + 1 < s.n) {
			in->at += i + (s.p[i + 1] == '\\' ? 2 : 0);
			return TAKEN_NOTHING;
		}
	}
	if (!late)
		return TAKEN_SHORT;
	in->at += s.n;
	*key = (uint32_t)s.p[1] | KEYS_ALT;
	return s.n == 2 ? TAKEN_KEY : TAKEN_NOTHING;
}

/* A key that the terminal's description spells so. */
static enum taken take_known(struct input *in, bool late, uint32_t *key)
{
	struct span s = rest(in);
	bool prefix = false;

	for (size_t i = 0; i < in->known_count; i++) {
		struct span known = {in->known[i].bytes, in->known[i].n};

		if (span_starts(s, known)) {
			in->at += known.n;
			*key = in->known[i].key;
			return TAKEN_KEY;
		}
		prefix |= span_starts(known, s);
	}
	return prefix && !late ? TAKEN_SHORT : TAKEN_NOTHING;
}

static uint32_t plain_key(uint32_t code)
{
	switch (code) {
	case 0:
		return 0;
	case '\b':
		return KEYS_BACKSPACE;
	case '\n':
		return KEYS_ENTER;
	default:
		return code;
	}
}

static size_t promised_length(char lead)
{
	unsigned char c = (unsigned char)lead;

	return c < 0xc2 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 1;
}

static enum taken take_character(struct input *in, bool late, uint32_t *key)
{
	struct span s = rest(in);
	struct utf8_char c = utf8_decode(s.p, s.p + s.n);

	if (c.kind == UTF8_INVALID && s.n < promised_length(s.p[0]) && !late)
		return TAKEN_SHORT;
	in->at += c.length;
	if (c.kind != UTF8_SCALAR || (c.code >= 0x80 && c.code < 0xa0))
		return TAKEN_NOTHING;
	*key = plain_key(c.code);
	return *key ? TAKEN_KEY : TAKEN_NOTHING;
}

static enum taken take_escape(struct input *in, bool late, uint32_t *key)
{
	struct span s = rest(in);
	enum taken taken = take_known(in, late, key);

	if (taken != TAKEN_NOTHING)
		return taken;
	if (s.n == 1 && !late)
		return TAKEN_SHORT;
	if (s.n == 1 || s.p[1] == '\033') {
		in->at++;
		*key = KEYS_ESCAPE;
		return TAKEN_KEY;
	}
	switch (s.p[1]) {
	case '[':
		return take_csi(in, late, key);
	case 'O':
		return take_ss3(in, late, key);
	case 'P': case 'X': case ']': case '^': case '_':
		return take_string(in, late, key);
	}
	in->at++;
	taken = take_character(in, late, key);
	if (taken == TAKEN_SHORT)
		in->at--;
	*key |= KEYS_ALT;
	return taken;
}

/* The paste up to its end, which may come in pieces. */
static bool take_paste(struct input *in)
{
	struct span s = rest(in);
	struct span mark = span_of(PASTE_END);
	const char *end = s.n ? span_find(s, mark) : NULL;
	size_t n = end ? (size_t)(end - s.p)
		       : s.n > mark.n ? s.n - mark.n : 0;
	size_t room = INPUT_PASTE_MOST - in->paste.n;

	buffer_add(&in->paste, s.p, n < room ? n : room);
	in->at += end ? n + mark.n : n;
	return end;
}

enum input_kind input_next(struct input *in, bool late, uint32_t *key,
			   struct span *paste)
{
	for (;;) {
		enum taken taken;

		if (in->pasting) {
			if (!take_paste(in))
				return INPUT_NONE;
			in->pasting = false;
			*paste = buffer_span(&in->paste);
			return INPUT_PASTE;
		}
		if (in->at == in->bytes.n)
			return INPUT_NONE;
		taken = in->bytes.p[in->at] == '\033'
				? take_escape(in, late, key)
				: take_character(in, late, key);
		if (taken == TAKEN_SHORT)
			return INPUT_NONE;
		if (taken == TAKEN_KEY)
			return INPUT_KEY;
		if (taken == TAKEN_AWAY)
			return INPUT_AWAY;
		if (taken == TAKEN_MOUSE)
			return INPUT_MOUSE;
		if (taken == TAKEN_PASTE_START) {
			in->pasting = true;
			buffer_clear(&in->paste);
		}
	}
}
