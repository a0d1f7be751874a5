/* What hangs on the terminal, which the app does not know: how it is to be used,
 * and when it has shown what was drawn.  The loop reads app_settings when
 * APP_SETTINGS is wanted. */
#include "screen/app_parts.h"

#include "base/clock.h"

struct app_settings app_settings(const struct app *a)
{
	return a->settings;
}

void app_painted(struct app *a)
{
	uint64_t now = clock_ns();

	timing_end(&a->timing, TIMING_KEY, now);
	timing_end(&a->timing, TIMING_AWAY, now);
	if (!work_busy(a->work))
		timing_end(&a->timing, TIMING_FILTER, now);
}

static void do_tell_timing(struct app *a)
{
	struct buffer text = {0};

	timing_write(&a->timing, &text);
	app_say(a, ROLE_TEXT, "%s", buffer_text(&text));
	buffer_free(&text);
}

static void do_theme(struct app *a)
{
	if (!theme_parse(a->argument, &a->settings.theme)) {
		app_say(a, ROLE_WARNING, "theme is dark, light or mono: "
			":theme light");
		return;
	}
	a->want = APP_SETTINGS;
}

/* Many terminals take no more. */
enum { CLIPBOARD_MOST = 64 * 1024 };

/* As it would be seen: a text from a log may hold more than meets the eye.  Line
 * breaks stay. */
void app_send(struct app *a, struct span text)
{
	size_t from = 0;

	if (text.n > CLIPBOARD_MOST) {
		app_say(a, ROLE_WARNING, "too long for a clipboard: %zu "
			"bytes, at most %d", text.n, CLIPBOARD_MOST);
		return;
	}
	buffer_clear(&a->copy.sent);
	for (size_t i = 0; i <= text.n; i++) {
		if (i < text.n && text.p[i] != '\n')
			continue;
		show_write((struct span){text.p + from, i - from},
			   SHOW_UNICODE, &a->copy.sent);
		if (i < text.n)
			buffer_add_byte(&a->copy.sent, '\n');
		from = i + 1;
	}
	a->want = APP_CLIPBOARD;
}

static void do_to_clipboard(struct app *a)
{
	app_send(a, buffer_span(&a->copy.page.text));
}

struct span app_clipboard(const struct app *a)
{
	return buffer_span(&a->copy.sent);
}

void app_clipboard_sent(struct app *a, bool sent)
{
	if (sent)
		app_say(a, ROLE_GOOD, "%zu bytes were sent to the terminal's "
			"clipboard", a->copy.sent.n);
	else
		app_say(a, ROLE_WARNING, "this terminal is not known to have "
			"a clipboard");
}

const struct app_handler app_terminal_handlers[] = {
	{ACTION_THEME, do_theme},
	{ACTION_TIMING, do_tell_timing},
	{ACTION_TO_CLIPBOARD, do_to_clipboard},
	{ACTION_NONE, NULL}
};
