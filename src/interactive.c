/* Owns the run on a screen: the app, and the terminal between interactive_open
 * and the end of interactive_run. */
#include "interactive.h"

#include "loading.h"
#include "screen/app.h"
#include "screen/loop.h"
#include "screen/terminal.h"

bool interactive_open(const struct request *request, struct error *err)
{
	return terminal_open(&(struct terminal_options){
		.background = request->theme,
		.colour = request->color != OPTIONS_NEVER,
		.ascii = request->set == SHOW_ASCII,
	}, err);
}

static void wake(void *context, bool over)
{
	(void)context;
	(void)over;
	terminal_wake();
}

enum verdict_status interactive_run(struct request *request, struct span said)
{
	struct loading loading;
	struct app *app;

	lists_settle(request->lists, request->config_folder.n > 0
			     ? buffer_text(&request->config_folder) : NULL);
	loading_start(&loading, request, terminal_set() == SHOW_ASCII, wake);
	jobs_give_way(loading.jobs);
	app = app_new(&(struct app_options){
		.store = loading.store, .jobs = loading.jobs,
		.loader = loading.loader,
		.wake = terminal_wake,
		.filter = buffer_span(&request->filter_text),
		.order = request->order,
		.bindings = &request->bindings,
		.layout = request->usual_columns ? NULL : &request->layout,
		.said = span_trim(said), .set = terminal_set(), .zone = request->zone,
		.view = &request->view, .theme = request->theme,
		.clipboard = request->clipboard,
		.command = &request->command,
		.folder = request->options->argument[OPTION_EXPORT_DIR],
		.notes = request->notes_given ? &request->notes : NULL,
		.no_reveal = request->options->given[OPTION_NO_REVEAL],
	});

	loop_run(app);
	terminal_close();
	app_free(app);
	loading_end(&loading);
	return VERDICT_MATCHED;
}
