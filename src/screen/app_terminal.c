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

void app_tell_timing(struct app *a)
{
	struct buffer text = {0};

	timing_write(&a->timing, &text);
	app_say(a, ROLE_TEXT, "%s", buffer_text(&text));
	buffer_free(&text);
}

void app_theme(struct app *a)
{
	if (!theme_parse(a->argument, &a->settings.theme)) {
		app_say(a, ROLE_WARNING, "theme is dark, light or mono: "
			":theme light");
		return;
	}
	a->want = APP_SETTINGS;
}
