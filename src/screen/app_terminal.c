/* What hangs on the terminal that the app does not know: how it is to be used.
 * The loop reads app_settings when APP_SETTINGS is wanted. */
#include "screen/app_parts.h"

struct app_settings app_settings(const struct app *a)
{
	return a->settings;
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
