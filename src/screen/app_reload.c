/* Reading the arguments again: from the key to what is said of it.  What comes
 * is taken in as at first. */
#include "screen/app_parts.h"

#include "screen/draw.h"

static void do_reload(struct app *a)
{
	if (!a->loader) {
		app_say(a, ROLE_DIM, "there is nothing to be read again");
		return;
	}
	if (a->loading) {
		app_say(a, ROLE_DIM, "still loading; %s stops",
			app_key_of(a, ACTION_STOP).text);
		return;
	}
	store_counts(a->store, &a->counts);
	a->reload.files = a->counts.files;
	a->reload.events = a->counts.events;
	a->reload.on = a->loading = true;
	loader_again(a->loader);
}

void app_reloaded(struct app *a)
{
	uint64_t files = a->counts.files - a->reload.files + a->progress.again;
	uint64_t before = a->reload.events, now = a->counts.events;
	uint64_t events = now < before ? before - now : now - before;
	char one[DRAW_NUMBER], other[DRAW_NUMBER];

	if (!a->reload.on)
		return;
	a->reload.on = false;
	if (files == 0)
		app_say(a, ROLE_DIM, "nothing is new: no file has come, none "
			"has changed");
	else
		app_say(a, ROLE_GOOD, "%s %s event%s in %s new or changed "
			"file%s", draw_number(events, one),
			now < before ? "fewer" : "new",
			events == 1 ? "" : "s", draw_number(files, other),
			files == 1 ? "" : "s");
}

const struct app_handler app_reload_handlers[] = {
	{ACTION_RELOAD, do_reload},
	{ACTION_NONE, NULL}
};
